import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, Reflector } from '@nestjs/core';
import { ACCESS } from './permission.decorator.js';

/** Refuses to start where a route does not say who may use it. */
export function everyRouteNamesItsPermission(discovery: DiscoveryService, reflector: Reflector): void {
  const nameless: string[] = [];
  for (const { instance, name } of discovery.getControllers()) {
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const handler = prototype[method];
      if (typeof handler !== 'function' || method === 'constructor') continue;
      if (Reflect.hasMetadata(PATH_METADATA, handler) && reflector.get(ACCESS, handler) === undefined)
        nameless.push(`${name}.${method}`);
    }
  }
  if (nameless.length > 0) throw new Error(`routes without a permission: ${nameless.join(', ')}`);
}
