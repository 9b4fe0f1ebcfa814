"""From latitude and longitude to a point of a map: the same mathematics draws the outlines and places the marks."""

from __future__ import annotations

from math import asin, cos, log, pi, radians, sin, sqrt, tan

#: Coefficients of the Equal Earth projection (Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def project_conic(lat: float, lon: float, parallels: tuple[float, float], meridian: float) -> tuple[float, float]:
    """Lambert's conformal conic projection on a sphere: shapes of a country stay as people know them.

    Args:
        lat: Degrees.
        lon: Degrees.
        parallels: The two latitudes, in degrees, at which the scale is true.
        meridian: The longitude, in degrees, that runs straight up.

    Returns:
        East and south of the point below which all meridians meet, in radii of the earth.
    """
    low, high = (radians(parallel) for parallel in parallels)
    n = log(cos(low) / cos(high)) / log(tan(pi / 4 + high / 2) / tan(pi / 4 + low / 2))
    distance = cos(low) * tan(pi / 4 + low / 2) ** n / n / tan(pi / 4 + radians(lat) / 2) ** n
    angle = n * radians(lon - meridian)
    return distance * sin(angle), distance * cos(angle)


def project_world(lat: float, lon: float) -> tuple[float, float]:
    """Equal Earth: no continent is drawn larger than it is.

    Args:
        lat: Degrees.
        lon: Degrees.

    Returns:
        East and south of the point 0°, 0°, in radii of the earth.
    """
    angle = asin(sqrt(3) / 2 * sin(radians(lat)))
    square = angle * angle
    sixth = square**3
    slope = 9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    return (
        2 * sqrt(3) * radians(lon) * cos(angle) / (3 * slope),
        -angle * (_A4 * sixth * square + _A3 * sixth + _A2 * square + _A1),
    )
