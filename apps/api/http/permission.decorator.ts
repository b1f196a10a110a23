import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Permission } from '#libs/domain/permission.js';

export const ACCESS = 'wugang:access';
export type Access = Permission | 'public' | 'signed-in';

/** Names the permission that a route needs. Every route names one, or says that it is public: a boot check sees to it. */
export const Needs = (access: Access): CustomDecorator => SetMetadata(ACCESS, access);
