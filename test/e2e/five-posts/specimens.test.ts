import type { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { type Found, type MadeFirm, png, Security, startSecurity } from './security.js';
import { Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
let security: Security;
let firm: MadeFirm;
let other: MadeFirm;
let outsider: MadeFirm;
const found: Found = (...given) => security.found(firm, ...given);
beforeAll(async () => {
  ({ api, walk, security, firm, other, outsider } = await startSecurity());
});
afterAll(() => api.stop());

describe('seals and signatures beside their specimens (G3)', () => {
  it('seal and signature are both set against the specimens; one that differs blocks, one that is unclear too', async () => {
    expect((await found({}, null)).rules).toEqual({ 'collateral-compared': 'BLOCK' });
    expect((await found({}, { seal: 'matches' })).rules).toEqual({ 'collateral-compared': 'BLOCK' });
    expect((await found({}, { seal: 'differs', signature: 'matches' })).rules).toEqual({
      'collateral-seal-genuine': 'BLOCK',
    });
    expect((await found({}, { seal: 'matches', signature: 'unclear' })).rules).toEqual({
      'collateral-seal-genuine': 'BLOCK',
    });
  });

  it("is set against the specimens of the report's own firm", async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm });
    await walk.investigated(id);
    await expect(security.compared(id, other)).rejects.toThrow(/specimen.not-of-firm/);
  });

  it('a signature is set against its own signer’s specimen; who took a specimen in does not compare it', async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm, signer: '李某' });
    await walk.investigated(id);
    await expect(security.compared(id, firm)).rejects.toThrow(/specimen.other-signer/);
    const large = await walk.accepted(20_000_000);
    await security.secured(large, { firm }, 'over');
    await walk.investigated(large, 'over');
    await expect(security.compared(large, firm, { seal: 'matches' }, 'creditHead')).rejects.toThrow(
      /specimen.lodged-by-you/,
    );
    await security.compared(large, firm, { seal: 'matches' }, 'vicePresident');
  });

  it('a specimen that was lodged after its report counts for nothing', async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm: outsider });
    api.clock.advanceSeconds(1);
    const head = await walk.as('creditHead');
    const path = `/api/v1/appraisal-firms/${outsider.id}/specimens?kind=seal&holder=x&validFrom=2020-01-01`;
    const seal = must(201, await head.upload(path, 'image/png', png)).body.id;
    await walk.investigated(id);
    await expect(security.compared(id, { ...outsider, seal }, { seal: 'matches' })).rejects.toThrow(
      /specimen.not-of-firm/,
    );
  });
});
