import { defineConfig } from 'prisma/config';

/** Lets a bank use its own `prisma migrate deploy` on the same folders. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
});
