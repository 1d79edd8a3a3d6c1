// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

/** How records carry the attributes of devices and tags: {@code record.attributes}. */
public enum AttributesForm {
  /** Not at all. */
  NONE,
  /** As the text of a JSON object, in one column that every sink and transformation takes. */
  JSON,
  /** As a map, for sinks that take maps. */
  MAP,
  /** As one header for each. */
  HEADERS
}
