// Where a point is, written as people write it: decimal degrees, degrees with minutes and seconds, MGRS;
// and how far two points are apart. All on the ellipsoid of WGS 84, and nothing here knows the map.
(function (syriamap) {
  "use strict";
  const AXIS = 6378137;
  const FLATTENING = 1 / 298.257223563;
  const RAD = Math.PI / 180;

  // Universal Transverse Mercator by Krüger's series to the third power of n: right to a millimeter.
  const N = FLATTENING / (2 - FLATTENING);
  const [N2, N3] = [N * N, N * N * N];
  const SCALE = 0.9996 * (AXIS / (1 + N)) * (1 + N2 / 4 + (N2 * N2) / 64);
  const ALPHA = [N / 2 - (2 * N2) / 3 + (5 * N3) / 16, (13 * N2) / 48 - (3 * N3) / 5, (61 * N3) / 240];
  const BETA = [N / 2 - (2 * N2) / 3 + (37 * N3) / 96, N2 / 48 + N3 / 15, (17 * N3) / 480];
  const DELTA = [2 * N - (2 * N2) / 3 - 2 * N3, (7 * N2) / 3 - (8 * N3) / 5, (56 * N3) / 15];
  const E = (2 * Math.sqrt(N)) / (1 + N);
  const meridian = (zone) => 6 * zone - 183;
  const sum = (terms, part) => terms.reduce((total, term, i) => total + term * part(2 * (i + 1)), 0);

  function toUtm(lat, lon, zone) {
    const sine = Math.sin(lat * RAD);
    const t = Math.sinh(Math.atanh(sine) - E * Math.atanh(E * sine));
    const east = (lon - meridian(zone)) * RAD;
    const xi = Math.atan2(t, Math.cos(east));
    const eta = Math.atanh(Math.sin(east) / Math.hypot(1, t));
    return [
      500000 + SCALE * (eta + sum(ALPHA, (j) => Math.cos(j * xi) * Math.sinh(j * eta))),
      (lat < 0 ? 1e7 : 0) + SCALE * (xi + sum(ALPHA, (j) => Math.sin(j * xi) * Math.cosh(j * eta))),
    ];
  }

  function fromUtm(east, north, zone, isSouth) {
    const [x, y] = [(north - (isSouth ? 1e7 : 0)) / SCALE, (east - 500000) / SCALE];
    const xi = x - sum(BETA, (j) => Math.sin(j * x) * Math.cosh(j * y));
    const eta = y - sum(BETA, (j) => Math.cos(j * x) * Math.sinh(j * y));
    const chi = Math.asin(Math.sin(xi) / Math.cosh(eta));
    return [(chi + sum(DELTA, (j) => Math.sin(j * chi))) / RAD, meridian(zone) + Math.atan2(Math.sinh(eta), Math.cos(xi)) / RAD];
  }

  // The military grid: zone and band, two letters of a square of 100 km, meters east and north in it.
  const BANDS = "CDEFGHJKLMNPQRSTUVWX";
  const COLUMNS = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"];
  const ROWS = "ABCDEFGHJKLMNPQRSTUV";
  const SQUARE = 1e5;
  const CIRCLE = 20 * SQUARE;

  const bandOf = (lat) => Math.min(19, Math.floor((lat + 80) / 8));

  // Zones are wider around the south of Norway and Svalbard.
  function zoneOf(lat, lon) {
    if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) {
      return 32;
    }
    if (lat >= 72 && lon >= 0 && lon < 42) {
      return [31, 33, 35, 37][[9, 21, 33, 42].findIndex((end) => lon < end)];
    }
    return Math.min(60, Math.floor((lon + 180) / 6) + 1);
  }

  // Empty beyond 80° south and 84° north, where there is another grid.
  function mgrs(lat, lon) {
    if (!(lat >= -80 && lat <= 84 && lon >= -180 && lon <= 180)) {
      return "";
    }
    const zone = zoneOf(lat, lon);
    const [east, north] = toUtm(lat, lon, zone);
    const square = COLUMNS[zone % 3][Math.floor(east / SQUARE) - 1] + ROWS[(Math.floor(north / SQUARE) + (zone % 2 ? 0 : 5)) % 20];
    const meters = (value) => String(Math.floor(value % SQUARE)).padStart(5, "0");
    return [String(zone).padStart(2, "0") + BANDS[bandOf(lat)], square, meters(east), meters(north)].join(" ");
  }

  // The middle of the square that is named, null where none is.
  function fromMgrs(text) {
    const found = /^(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d{0,5})\s*(\d{0,5})$/i.exec(text.trim());
    if (!found) {
      return null;
    }
    const [zone, band, column, row] = [Number(found[1]), ...found.slice(2, 5).map((one) => one.toUpperCase())];
    const digits = found[5] + found[6];
    const half = digits.length / 2;
    const easting = COLUMNS[zone % 3].indexOf(column);
    if (zone < 1 || zone > 60 || easting < 0 || digits.length % 2 || (found[6] && found[5].length !== half)) {
      return null;
    }
    const size = 10 ** (5 - half);
    const within = (part) => Number(part || 0) * size + size / 2;
    const east = (easting + 1) * SQUARE + within(digits.slice(0, half));
    const foot = BANDS.indexOf(band) * 8 - 80;
    const least = Math.floor(toUtm(foot, meridian(zone), zone)[1] / SQUARE) * SQUARE;
    let north = ((ROWS.indexOf(row) + (zone % 2 ? 20 : 15)) % 20) * SQUARE;
    north += Math.ceil((least - north) / CIRCLE) * CIRCLE + within(digits.slice(half));
    const at = fromUtm(east, north, zone, foot < 0);
    // A square of 100 km may reach beyond its band, but not by a whole one.
    return at[0] >= foot - 1 && at[0] <= foot + (band === "X" ? 13 : 9) ? at : null;
  }

  const decimal = (lat, lon) => lat.toFixed(5) + ", " + lon.toFixed(5);

  function sexagesimal(value, [ahead, behind]) {
    const tenths = Math.round(Math.abs(value) * 36000);
    const two = (number) => String(number).padStart(2, "0");
    const seconds = two(Math.floor((tenths % 600) / 10)) + "." + (tenths % 10);
    return Math.floor(tenths / 36000) + "°" + two(Math.floor(tenths / 600) % 60) + "′" + seconds + "″" + (value < 0 ? behind : ahead);
  }

  const dms = (lat, lon) => sexagesimal(lat, "NS") + " " + sexagesimal(lon, "EW");

  const NUMBER = "(\\d{1,3}(?:[.,]\\d+)?)";
  const PART = "([NSEW])?\\s*([+-]?)" + NUMBER + "\\s*°?\\s*(?:" + NUMBER + "\\s*['′’]\\s*)?(?:" + NUMBER + "\\s*(?:\"|″|”|''|’’)\\s*)?([NSEW])?";
  const PAIR = new RegExp("^" + PART + "\\s*[,;\\s]\\s*" + PART + "$", "i");

  // A number of degrees and the letter beside it, null where it is none.
  function degrees([before, sign, whole, minutes, seconds, after]) {
    const [d, m, s] = [whole, minutes || "0", seconds || "0"].map((one) => Number(one.replace(",", ".")));
    const letter = (before || after || "").toUpperCase();
    if (m >= 60 || s >= 60 || (before && after) || (sign && letter)) {
      return null;
    }
    const size = d + m / 60 + s / 3600;
    return { letter, value: sign === "-" || letter === "S" || letter === "W" ? -size : size };
  }

  // "34.73, 36.72", "34°43′48″N 36°43′12″E", "N34.73 E36.72", "37S BU 51234 45678" → [lat, lon], else null.
  function read(text) {
    const plain = text.trim().replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
      .replace(/[\u060c]/g, ",").replace(/[\u066b]/g, ".").replace(/\u2212/g, "-").replace(/[\u200e\u200f\u061c]/g, "");
    const pair = PAIR.exec(plain);
    if (!pair) {
      return fromMgrs(plain);
    }
    let [one, other] = [degrees(pair.slice(1, 7)), degrees(pair.slice(7, 13))];
    if (one && other && /[EW]/.test(one.letter) && !/[EW]/.test(other.letter)) {
      [one, other] = [other, one];
    }
    if (!one || !other || /[EW]/.test(one.letter) || /[NS]/.test(other.letter)) {
      return null;
    }
    return Math.abs(one.value) <= 85 && Math.abs(other.value) <= 180 ? [one.value, other.value] : null;
  }

  // Meters along the shortest line (Vincenty); of points that face each other across the globe, on a sphere.
  function meters([lat1, lon1], [lat2, lon2]) {
    const axis = AXIS * (1 - FLATTENING);
    const [u1, u2] = [lat1, lat2].map((lat) => Math.atan((1 - FLATTENING) * Math.tan(lat * RAD)));
    const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    const east = (lon2 - lon1) * RAD;
    let lambda = east;
    for (let left = 100; left > 0; left--) {
      const sine = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
      if (sine === 0) {
        return 0;
      }
      const cosine = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
      const sigma = Math.atan2(sine, cosine);
      const alpha = (cos1 * cos2 * Math.sin(lambda)) / sine;
      const square = 1 - alpha * alpha;
      const middle = square ? cosine - (2 * sin1 * sin2) / square : 0;
      const c = (FLATTENING / 16) * square * (4 + FLATTENING * (4 - 3 * square));
      const last = lambda;
      lambda = east + (1 - c) * FLATTENING * alpha * (sigma + c * sine * (middle + c * cosine * (2 * middle * middle - 1)));
      if (Math.abs(lambda - last) < 1e-12) {
        const k = (square * (AXIS * AXIS - axis * axis)) / (axis * axis);
        const a = 1 + (k / 16384) * (4096 + k * (k * (320 - 175 * k) - 768));
        const b = (k / 1024) * (256 + k * (k * (74 - 47 * k) - 128));
        const part = cosine * (2 * middle * middle - 1) - (b / 6) * middle * (4 * sine * sine - 3) * (4 * middle * middle - 3);
        return axis * a * (sigma - b * sine * (middle + (b / 4) * part));
      }
    }
    return 1e3 * syriamap.geometry.kilometers(lat1, lon1, lat2, lon2);
  }

  // Points on the great circle between two, for drawing the shortest line as it runs.
  function between([lat1, lon1], [lat2, lon2], count) {
    const vector = (lat, lon) => [Math.cos(lat * RAD) * Math.cos(lon * RAD), Math.cos(lat * RAD) * Math.sin(lon * RAD), Math.sin(lat * RAD)];
    const [a, b] = [vector(lat1, lon1), vector(lat2, lon2)];
    const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
    return Array.from({ length: count + 1 }, (_, i) => {
      if (angle < 1e-9) {
        return [lat1, lon1];
      }
      const [p, q] = [Math.sin((1 - i / count) * angle), Math.sin((i / count) * angle)];
      const [x, y, z] = a.map((one, axis) => p * one + q * b[axis]);
      return [Math.atan2(z, Math.hypot(x, y)) / RAD, Math.atan2(y, x) / RAD];
    });
  }

  syriamap.coordinates = { between, decimal, dms, meters, mgrs, read };
})((window.syriamap = window.syriamap || {}));
