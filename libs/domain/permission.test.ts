import { PERMISSIONS, type Permission, permissionsOf } from './permission.js';
import { POST_NAMES, type Post } from './post.js';

const holders = (permission: Permission): Post[] =>
  POST_NAMES.filter((post) => permissionsOf(post).includes(permission));
const LENDERS: readonly Post[] = [
  'field_credit_officer',
  'responsible_credit_officer',
  'customer_department_investigator',
];

describe('what a post allows', () => {
  it('only those who lend write: audit, compliance and administration read', () => {
    for (const permission of PERMISSIONS.filter((one) => /:(write|submit|withdraw|decide|query)$/.test(one))) {
      expect(holders(permission)).toEqual(LENDERS);
    }
  });

  it('every permission is held by some post, and every post holds some', () => {
    for (const permission of PERMISSIONS) expect(holders(permission).length).toBeGreaterThan(0);
    for (const post of POST_NAMES) expect(permissionsOf(post).length).toBeGreaterThan(0);
  });
});
