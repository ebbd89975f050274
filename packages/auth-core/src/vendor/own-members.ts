/** A copy of an object's own members that inherits none, so that nothing put on `Object.prototype` becomes one of them. */
export function ownMembers<Value extends object>(value: Value): Value {
  return Object.assign(Object.create(null), value);
}
