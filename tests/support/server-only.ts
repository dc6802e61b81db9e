// Outside the Next bundler there is no client bundle to guard against.
export {};
