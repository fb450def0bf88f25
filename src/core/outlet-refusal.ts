/** A platform said no to what it was asked: it has certainly not done it. The adapter knows what that means, or it is a bug. */
export class OutletRefusal extends Error {}
