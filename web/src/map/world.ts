// The countries of the world, from Natural Earth by way of world-atlas (1:110 million), with the codes that records use.
// Loaded with the map alone.
// SPDX-License-Identifier: Apache-2.0
import { geoEqualEarth, geoPath, type GeoPath, type GeoProjection } from "d3-geo";
import type { Feature, FeatureCollection, Geometry, MultiPoint } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json";
import codes from "./country_codes.json";

type Named = { name: string };
export type Country = { code?: string; name: string; shape: Feature<Geometry, Named> };
export type World = {
  countries: Country[];
  names: Map<string, string>;
  /** A projection into a frame: on these points [lon, lat] with some room around them, or on the whole world. */
  fitted: (width: number, height: number, points: [number, number][]) => { projection: GeoProjection; path: GeoPath };
};

const NAMED: Record<string, string> = { Kosovo: "XKX" };
const ROOM = 7;  // Degrees around the points.

export function world(): World {
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection<Named> }>;
  const collection = feature(topology, topology.objects.countries) as FeatureCollection<Geometry, Named>;
  const countries = collection.features.map((shape) => ({
    code: (codes as Record<string, string>)[String(shape.id)] ?? NAMED[shape.properties.name], name: shape.properties.name, shape,
  }));
  return {
    countries,
    names: new Map(countries.flatMap(({ code, name }) => (code ? [[code, name]] : []))),
    fitted(width, height, points) {
      const projection = geoEqualEarth();
      const frame: [[number, number], [number, number]] = [[8, 8], [width - 8, height - 8]];
      if (points.length === 0) projection.fitExtent(frame, { type: "Sphere" });
      else projection.fitExtent(frame, { type: "MultiPoint", coordinates: points.flatMap(([lon, lat]) => [[lon - ROOM, lat - ROOM], [lon + ROOM, lat + ROOM]]) } satisfies MultiPoint);
      projection.clipExtent([[0, 0], [width, height]]);
      return { projection, path: geoPath(projection) };
    },
  };
}
