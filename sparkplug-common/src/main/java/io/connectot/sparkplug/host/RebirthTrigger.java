// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import java.util.Locale;

/** What makes a host application request a rebirth. */
public enum RebirthTrigger {
  /** Sequence numbers are missing. */
  GAP,
  /** DATA names a metric or an alias that the birth does not have. */
  UNKNOWN_ALIAS,
  /** DATA of an edge node or device whose birth is not known. */
  NO_BIRTH,
  /** A payload that cannot be read. */
  MALFORMED;

  /** Its name in a configuration, e.g. {@code unknown-alias}. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
