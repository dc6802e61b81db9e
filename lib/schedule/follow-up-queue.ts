import type { PlannedContact } from "./planned-contact";

export interface FollowUp {
  readonly contact: PlannedContact;
  readonly step: number;
  /** Epoch milliseconds: the opening of the day it is due */
  readonly notBefore: number;
}

/** A binary heap: the follow-up that has waited longest comes out first, later steps before earlier ones. */
export class FollowUpQueue {
  private readonly heap: FollowUp[] = [];

  peek(): FollowUp | undefined {
    return this.heap[0];
  }

  push(item: FollowUp): void {
    const { heap } = this;
    heap.push(item);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(item, heap[parent] as FollowUp)) break;
      heap[index] = heap[parent] as FollowUp;
      index = parent;
    }
    heap[index] = item;
  }

  pop(): FollowUp | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as FollowUp, heap[child] as FollowUp)) child++;
      if (!isBefore(heap[child] as FollowUp, last)) break;
      heap[index] = heap[child] as FollowUp;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

/** Whether `a` leaves before `b` where both may. */
export function isBefore(a: FollowUp, b: FollowUp): boolean {
  return a.notBefore < b.notBefore || (a.notBefore === b.notBefore && a.step > b.step);
}
