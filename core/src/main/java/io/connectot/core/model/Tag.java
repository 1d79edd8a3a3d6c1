// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A configured tag: what a {@code tags.<name>} line or a row of {@code tags.file} yields. One
 * instance is shared by all devices it is read from.
 *
 * <p>Equality is identity, so that per-tag state and prepared record parts can be kept in maps
 * without hashing the whole definition.
 *
 * @param <A> the protocol's own address
 */
public final class Tag<A> {
  private final String name;
  private final A address;
  private final ValueType type;
  private final Optional<String> unit;
  private final Duration interval;
  private final ReportPolicy report;
  private final Scaling scaling;
  private final Map<String, String> attributes;
  private final Map<String, String> headers;
  private final Optional<WriteRule> writeRule;

  /**
   * @param name the tag name, unique in its device
   * @param address what the protocol parsed from the line
   * @param type the type of the value as it leaves the connector: a scaled integer is {@link
   *     ValueType#FLOAT64}
   * @param unit the engineering unit
   * @param interval how often a polled tag is read
   * @param report when a value is worth a record
   * @param scaling applied by the protocol to every number it reads
   * @param attributes static metadata, never null
   */
  public Tag(
      String name,
      A address,
      ValueType type,
      Optional<String> unit,
      Duration interval,
      ReportPolicy report,
      Scaling scaling,
      Map<String, String> attributes) {
    this(
        name,
        address,
        type,
        unit,
        interval,
        report,
        scaling,
        attributes,
        Map.of(),
        Optional.empty());
  }

  private Tag(
      String name,
      A address,
      ValueType type,
      Optional<String> unit,
      Duration interval,
      ReportPolicy report,
      Scaling scaling,
      Map<String, String> attributes,
      Map<String, String> headers,
      Optional<WriteRule> writeRule) {
    this.name = name;
    this.address = address;
    this.type = type;
    this.unit = unit;
    this.interval = interval;
    this.report = report;
    this.scaling = scaling;
    this.attributes = Map.copyOf(attributes);
    this.headers = Map.copyOf(headers);
    this.writeRule = writeRule;
  }

  /**
   * Another tag that differs in its {@link #headers}.
   *
   * @param own by their names, which begin with the protocol's, e.g. {@code opcua.node}
   */
  public Tag<A> withHeaders(Map<String, String> own) {
    return new Tag<>(
        name, address, type, unit, interval, report, scaling, attributes, own, writeRule);
  }

  /** Another tag that may be written. */
  public Tag<A> writable(WriteRule rule) {
    return new Tag<>(
        name,
        address,
        type,
        unit,
        interval,
        report,
        scaling,
        attributes,
        headers,
        Optional.of(rule));
  }

  public String name() {
    return name;
  }

  public A address() {
    return address;
  }

  public ValueType type() {
    return type;
  }

  public Optional<String> unit() {
    return unit;
  }

  public Duration interval() {
    return interval;
  }

  public ReportPolicy report() {
    return report;
  }

  public Scaling scaling() {
    return scaling;
  }

  public Map<String, String> attributes() {
    return attributes;
  }

  /** Headers of the protocol's own that every measurement of the tag has; usually none. */
  public Map<String, String> headers() {
    return headers;
  }

  /** How the tag may be written; empty if not at all. */
  public Optional<WriteRule> writeRule() {
    return writeRule;
  }

  @Override
  public String toString() {
    return "Tag[" + name + " " + address + "]";
  }
}
