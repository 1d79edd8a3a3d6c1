// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import java.util.List;

/**
 * A way to look at a device.
 *
 * @param name in requests, e.g. {@code registers}
 * @param title for people
 * @param parameters what it can be told
 */
public record DiscoveryMethod(String name, String title, List<Parameter> parameters) {
  public DiscoveryMethod {
    parameters = List.copyOf(parameters);
  }

  /** A way that needs no parameters. */
  public static DiscoveryMethod of(String name, String title, Parameter... parameters) {
    return new DiscoveryMethod(name, title, List.of(parameters));
  }

  /**
   * A parameter.
   *
   * @param name in requests
   * @param title for people
   * @param defaultValue what counts if it is left out
   * @param choices the possible values; empty for free text
   */
  public record Parameter(String name, String title, String defaultValue, List<String> choices) {
    public Parameter {
      choices = List.copyOf(choices);
    }

    /** A parameter that takes a text. */
    public static Parameter of(String name, String title, String defaultValue) {
      return new Parameter(name, title, defaultValue, List.of());
    }
  }
}
