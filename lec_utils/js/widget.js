// anywidget's entry, to which Python adds the figure's program: one synced trait a slider.
import { mount } from "./figure.js";

export const entry = (program, parts) => ({
  render({ model, el }) {
    el.innerHTML = model.get("_picture");
    const spec = model.get("_spec");
    const live = mount(el.firstChild, { ...spec }, program, parts, (name, value) => {
      model.set(name, value);
      model.save_changes();
    });
    const follow = spec.controls.map(({ name }) => {
      const event = "change:" + name;
      const act = () => live.set(name, model.get(name));
      model.on(event, act);
      act();
      return () => model.off(event, act);
    });
    return () => {
      live.stop();
      follow.forEach((forget) => forget());
    };
  },
});
