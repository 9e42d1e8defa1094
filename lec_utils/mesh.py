"""The facets of a surface, shaded by a lamp on the ground, and drawn from far to near."""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap, to_hex

BLUES = LinearSegmentedColormap.from_list("facets", ("#0A3F66", "#3F8CBF", "#E4F1FA"), N=26)
LAMP = np.array([0.1, -0.75, 0.65])  # where its light comes from: x, y and z
LAMP /= np.linalg.norm(LAMP)


def shades(heights):
    """A number of BLUES for each facet of ``heights``, shape (r, c) over a square of side 2.

    It tells the height and how the light falls (Lambert's law), and stays as the surface turns.
    """
    rows, columns = heights.shape
    east, north = (np.diff(heights, axis=axis) for axis in (1, 0))
    east = (east[1:] + east[:-1]) / 2 * (columns - 1) / 2
    north = (north[:, 1:] + north[:, :-1]) / 2 * (rows - 1) / 2
    light = (LAMP[2] - east * LAMP[0] - north * LAMP[1]) / np.sqrt(1 + east**2 + north**2)
    middle = (heights[1:, 1:] + heights[:-1, 1:] + heights[1:, :-1] + heights[:-1, :-1]) / 4
    tone = 0.4 * middle + 0.6 * np.clip(light, 0, 1)
    return np.rint(np.nan_to_num(tone) * (BLUES.N - 1)).astype(int)


class Mesh(PolyCollection):
    """Facets between crossings, each with its shade; an SVG holds them as a small image."""

    def __init__(self, heights):
        self.shades = shades(heights)
        super().__init__([], linewidth=0.5, antialiased=False)

    def colors(self):
        """What the browser needs to know of the shades, a dict."""
        letters = ["".join(chr(65 + shade) for shade in row) for row in self.shades]
        return {"shades": letters, "colors": [to_hex(color) for color in BLUES(range(BLUES.N))]}

    def place(self, xs, ys, eye):
        """Put the crossings, shape (r, c), where they are seen; ``eye`` is where the eye is."""
        at = np.stack([xs, ys], axis=-1)
        corners = [at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]]
        row, column = np.indices(self.shades.shape)
        # What covers another facet lies on its near side in both directions of the grid.
        nearness = column * np.sign(eye[0]) + row * np.sign(eye[1])
        order = np.argsort(nearness.ravel(), kind="stable")
        facets = np.stack(corners, axis=2).reshape(-1, 4, 2)[order]
        seen = np.all(np.isfinite(facets), axis=(1, 2))
        colors = BLUES(self.shades.ravel()[order][seen])
        self.set(verts=facets[seen], facecolors=colors, edgecolors=colors)

    def draw(self, renderer):
        """Draw in a group of its own: an image alone would not get the name of its artist."""
        renderer.open_group("mesh", self.get_gid())
        renderer.start_rasterizing()
        super().draw(renderer)
        renderer.stop_rasterizing()
        renderer.close_group("mesh")
