// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Driver.ParsedDevice;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;

/** The lines of a configuration: {@code tally://host} for a device, {@code 3} for a counter. */
final class TallyLines {
  private static final String SCHEME = "tally://";

  private TallyLines() {}

  static ParsedDevice<String> device(DeviceLine line) throws LineException {
    String url = line.url();
    if (!url.startsWith(SCHEME) || url.length() == SCHEME.length()) {
      throw new LineException("must be tally://<host>, such as tally://hall1");
    }
    return new ParsedDevice<>(url, url.substring(SCHEME.length()));
  }

  static ParsedTag<Integer> tag(TagLine line) throws LineException {
    if (line.type().isPresent()) {
      throw new LineException("takes no type: a tally counts in int64");
    }
    try {
      return new ParsedTag<>(Integer.valueOf(line.address()), ValueType.INT64);
    } catch (NumberFormatException e) {
      throw new LineException(
          "'" + line.address() + "' must be the number of a counter, such as 3");
    }
  }
}
