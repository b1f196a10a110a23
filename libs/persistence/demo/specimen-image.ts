/** A made seal or signature as an SVG picture, for the demonstration. */
export function specimenImage(kind: 'seal' | 'signature', holder: string): Buffer {
  const drawing =
    kind === 'seal'
      ? `<circle cx="100" cy="100" r="92" fill="none" stroke="#c00" stroke-width="6"/><text x="100" y="112" font-size="32" text-anchor="middle" fill="#c00">★</text><text x="100" y="160" font-size="15" text-anchor="middle" fill="#c00">${holder}</text>`
      : `<path d="M20 120 C60 40 80 180 110 100 S160 60 185 110" fill="none" stroke="#114" stroke-width="4"/><text x="100" y="170" font-size="30" font-style="italic" text-anchor="middle" fill="#114">${holder}</text>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">${drawing}</svg>`,
  );
}
