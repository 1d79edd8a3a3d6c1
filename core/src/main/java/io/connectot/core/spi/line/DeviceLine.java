// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

/**
 * A device line as written: {@code devices.<name>=<url>} or a row of {@code devices.file}.
 *
 * @param name the device name
 * @param url the address in the protocol's own form, trimmed, never empty; may hold credentials, so
 *     it must not be logged
 */
public record DeviceLine(String name, String url) {
  @Override
  public String toString() {
    return "DeviceLine[" + name + "]";
  }
}
