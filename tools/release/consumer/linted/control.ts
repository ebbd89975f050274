// What the rule must find, which shows that it works.
class Counter {
  count = 0;
  next() {
    return ++this.count;
  }
}
export const { next } = new Counter();
