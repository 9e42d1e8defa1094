"""A live figure whose values Python can read, set and observe."""

from lec_utils.engine import module

# The names that a widget has for itself; a test compares them with anywidget's.
TAKEN = """add_class add_traits blur class_own_trait_events class_own_traits class_trait_names
    class_traits close close_all comm cross_validation_lock focus get_manager_state
    get_state get_view_spec handle_comm_opened handle_control_comm_opened has_trait
    hold_sync hold_trait_notifications keys layout log model_id notify_change observe on_msg
    on_trait_change on_widget_constructed open remove_class send send_state set_state
    set_trait setup_instance tabbable tooltip trait_defaults trait_events trait_has_value
    trait_metadata trait_names trait_values traits unobserve unobserve_all widget_types
    widgets"""


def live_widget(figure):
    """An anywidget for a LiveFigure, with one synced float trait for each of its sliders.

    ``widget.w0`` reads and sets the slider ``w0``; ``widget.observe(callback, "w0")`` follows it;
    ``traitlets.link((a, "w0"), (b, "w0"))`` or ``ipywidgets.jslink`` ties two figures together.
    Setting a value outside the slider's range raises traitlets.TraitError.
    """
    import anywidget  # here, so that `import lec_utils` stays light
    import traitlets

    traits = {
        control["name"]: traitlets.Float(
            control["value"], min=control["min"], max=control["max"]
        ).tag(sync=True)
        for control in figure.spec()["controls"]
    }
    own = {
        "_esm": module(figure.program()),
        "_spec": traitlets.Dict(figure.spec()).tag(sync=True),
        "_picture": traitlets.Unicode(figure.still_html()).tag(sync=True),
    }
    own["__repr__"] = lambda widget: f"LiveWidget: {figure.alt}"
    return type("LiveWidget", (anywidget.AnyWidget,), own | traits)()
