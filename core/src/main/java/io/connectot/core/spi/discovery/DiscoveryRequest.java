// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import io.connectot.core.spi.line.LineException;
import java.util.Map;

/**
 * What to look at. May hold credentials, so it must not be logged.
 *
 * @param method the name of a {@link DiscoveryMethod}
 * @param address as the key {@link Discovery#addressKey} takes it
 * @param config further keys of the connector, such as those of TLS and of users
 * @param parent the {@link Finding.Node#id} of what to look below; empty for the root
 * @param parameters those of the method
 */
public record DiscoveryRequest(
    String method,
    String address,
    Map<String, String> config,
    String parent,
    Map<String, String> parameters) {
  public DiscoveryRequest {
    config = Map.copyOf(config);
    parameters = Map.copyOf(parameters);
  }

  /** The text of a parameter. */
  public String text(String name, String defaultValue) {
    String text = parameters.getOrDefault(name, "").strip();
    return text.isEmpty() ? defaultValue : text;
  }

  /**
   * The whole number of a parameter.
   *
   * @throws LineException when it is not one from {@code min} to {@code max}
   */
  public int number(String name, int defaultValue, int min, int max) throws LineException {
    String text = text(name, Integer.toString(defaultValue));
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is not a number in the range.
    }
    throw new LineException(
        name + "=" + text + ": must be a whole number from " + min + " to " + max);
  }

  @Override
  public String toString() {
    return "DiscoveryRequest[" + method + "]";
  }
}
