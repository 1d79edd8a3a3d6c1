// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.util.List;

/**
 * A structure as a value: the definition of one, or an instance. Immutable.
 *
 * @param version the version of the definition; null when none is given
 * @param templateRef the name of the definition of this instance; null in a definition
 * @param definition whether it is a definition
 * @param metrics its members; an instance in DATA may have only those that changed
 * @param parameters its parameters
 */
public record Template(
    String version,
    String templateRef,
    boolean definition,
    List<Metric> metrics,
    List<Parameter> parameters)
    implements MetricValue {
  public Template {
    metrics = List.copyOf(metrics);
    parameters = List.copyOf(parameters);
  }

  /**
   * One parameter of a template.
   *
   * @param name its name
   * @param dataType its type
   * @param value its value; null when it has none
   */
  public record Parameter(String name, DataType dataType, MetricValue value) {}
}
