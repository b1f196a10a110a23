import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp, { type Sharp } from 'sharp';

const WIDEST = 1000;
const HIGHEST = 1500;
/** Of an image before it is made small, and of a page as it is drawn: what they take of memory is bounded by it. */
const MOST_PIXELS = { image: 50_000_000, page: 3_000_000 } as const;
const PDF_SCALE = 1.5;

/** One picture of a paper as PNG, at most 1000 by 1500: the image turned upright, or a PDF's first page. */
export default async function preview({ content, pdf }: { content: Uint8Array; pdf: boolean }): Promise<Uint8Array> {
  const limitInputPixels = MOST_PIXELS.image;
  return new Uint8Array(pdf ? await firstPage(content) : await small(sharp(content, { limitInputPixels })));
}

const small = (image: Sharp): Promise<Buffer> =>
  image
    .autoOrient()
    .resize({ width: WIDEST, height: HIGHEST, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();

/** Drawn no larger than is shown, however large the page says that it is. */
function scaleOf({ originalWidth, originalHeight }: { originalWidth: number; originalHeight: number }): number {
  const fits = Math.min(WIDEST / originalWidth, HIGHEST / originalHeight);
  const affordable = Math.sqrt(MOST_PIXELS.page / (originalWidth * originalHeight));
  return Math.min(PDF_SCALE, fits, affordable);
}

async function firstPage(content: Uint8Array): Promise<Uint8Array> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(content);
    const page = document.getPage(0);
    const { data } = await page.render({
      scale: scaleOf(page.getOriginalSize()),
      render: ({ data: pixels, width, height }) => small(sharp(pixels, { raw: { width, height, channels: 4 } })),
    });
    document.destroy();
    return data;
  } finally {
    library.destroy();
  }
}
