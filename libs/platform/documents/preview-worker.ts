import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp, { type Sharp } from 'sharp';

const WIDEST = 1000;
const MOST_PIXELS = 100_000_000;
const PDF_SCALE = 1.5;

/** One picture of a paper as PNG, at most 1000 pixels wide: the image turned upright, or a PDF's first page. */
export default async function preview({ content, pdf }: { content: Uint8Array; pdf: boolean }): Promise<Uint8Array> {
  return new Uint8Array(
    pdf ? await firstPage(content) : await small(sharp(content, { limitInputPixels: MOST_PIXELS })),
  );
}

const small = (image: Sharp): Promise<Buffer> =>
  image.autoOrient().resize({ width: WIDEST, withoutEnlargement: true }).png().toBuffer();

async function firstPage(content: Uint8Array): Promise<Uint8Array> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(content);
    const { data } = await document.getPage(0).render({
      scale: PDF_SCALE,
      render: ({ data: pixels, width, height }) => small(sharp(pixels, { raw: { width, height, channels: 4 } })),
    });
    document.destroy();
    return data;
  } finally {
    library.destroy();
  }
}
