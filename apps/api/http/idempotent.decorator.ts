import { ApiHeader } from '@nestjs/swagger';

/** Documents that a command takes effect once for a key, however often it is sent. */
export const Idempotent = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'Unique to the act, 8 to 200 characters; the same key again gives the same answer',
  }) as MethodDecorator;

/** Documents that a command changes the version that the sender saw, or nothing. */
export const OfVersion = (): MethodDecorator =>
  ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of what was seen' }) as MethodDecorator;
