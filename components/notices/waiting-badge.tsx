"use client";

import { useEffect } from "react";

const PREFIX = /^\(\d+\+?\) /;
const MOST = 99;

/** Says in the tab's title and icon how many things wait for a person, so that it is seen from another tab. */
export function WaitingBadge({ count }: { count: number }) {
  useEffect(() => keepTitle(count), [count]);
  useEffect(() => drawIcon(count), [count]);
  return null;
}

/** Every page sets a title of its own, so it is put right again whenever it changes. */
function keepTitle(count: number): () => void {
  const prefix = count > 0 ? `(${count > MOST ? `${MOST}+` : count}) ` : "";
  const write = () => {
    const wanted = prefix + document.title.replace(PREFIX, "");
    if (document.title !== wanted) document.title = wanted;
  };
  write();
  const observer = new MutationObserver(write);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}

const SIZE = 64;

function drawIcon(count: number): (() => void) | undefined {
  const link = document.querySelector<HTMLLinkElement>("link[rel~='icon']");
  if (!link || count === 0) return undefined;
  const plain = link.href;
  const image = new Image(SIZE, SIZE);
  let stopped = false;
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = SIZE;
    canvas.height = SIZE;
    const draw = canvas.getContext("2d");
    if (stopped || !draw) return;
    draw.drawImage(image, 0, 0, SIZE, SIZE);
    draw.fillStyle = "#b42318";
    draw.beginPath();
    draw.arc(SIZE - 21, 21, 21, 0, 2 * Math.PI);
    draw.fill();
    draw.fillStyle = "#ffffff";
    draw.font = `bold ${count > 9 ? 26 : 32}px system-ui, sans-serif`;
    draw.textAlign = "center";
    draw.textBaseline = "middle";
    draw.fillText(count > MOST ? `${MOST}+` : String(count), SIZE - 21, 22, 40);
    link.href = canvas.toDataURL("image/png");
  };
  image.src = plain;
  return () => {
    stopped = true;
    link.href = plain;
  };
}
