export const checkHand = 0,
  checkEngine = 0,
  checkZen = 0;
