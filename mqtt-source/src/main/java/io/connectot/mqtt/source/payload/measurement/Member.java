// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.model.Point;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.value.TypedValueReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A member of the documents of a line: its name, what the line says about it, and the point that it
 * had last. Kept from message to message, so that a value costs one look-up by its own name. For
 * one thread.
 */
final class Member {
  private final String name;
  private final List<String> locations;
  private final boolean dropped;
  private final boolean included;
  private final TypedValueReader reader;
  private final String unit;
  private final Map<String, JsonNode> meanings;

  /** Inner members by name; elements of arrays by index. */
  private final Map<String, Member> members = new HashMap<>();

  private Member[] elements = new Member[0];

  /** The same for objects in an array that are samples; null if not known yet. */
  private Member sample;

  /** The last point and what it was made for. */
  private TagRegistry.Entry lastDevice;

  private String lastPrefix;
  private ValueType lastType;
  private String lastUnit;
  private Point<?> lastPoint;

  /**
   * @param name the tag, without prefix; empty for a document
   * @param locations the pointers from the samples and objects of values around it
   * @param dropped whether it and everything in it is not read
   * @param included whether it is a measurement if it is a single value
   * @param unit the constant unit; null for none
   * @param meanings of values, by text
   */
  Member(
      String name,
      List<String> locations,
      boolean dropped,
      boolean included,
      TypedValueReader reader,
      String unit,
      Map<String, JsonNode> meanings) {
    this.name = name;
    this.locations = List.copyOf(locations);
    this.dropped = dropped;
    this.included = included;
    this.reader = reader;
    this.unit = unit;
    this.meanings = meanings;
  }

  String name() {
    return name;
  }

  List<String> locations() {
    return locations;
  }

  boolean isDropped() {
    return dropped;
  }

  boolean isIncluded() {
    return included;
  }

  TypedValueReader reader() {
    return reader;
  }

  /** Null for none. */
  String unit() {
    return unit;
  }

  /** The meaning of a value: the value itself unless the line maps it. */
  JsonNode meaning(JsonNode value) {
    if (meanings.isEmpty() || !value.isValueNode()) {
      return value;
    }
    return meanings.getOrDefault(value.asText(), value);
  }

  /** Null if not known yet. */
  Member known(String key) {
    return members.get(key);
  }

  /** Null if not known yet. */
  Member known(int index) {
    return index < elements.length ? elements[index] : null;
  }

  /** Null if not known yet. */
  Member knownSample() {
    return sample;
  }

  void rememberSample(Member member) {
    sample = member;
  }

  void remember(String key, Member member) {
    members.put(key, member);
  }

  void remember(int index, Member member) {
    if (index >= elements.length) {
      elements = Arrays.copyOf(elements, Math.max(4, 2 * index));
    }
    elements[index] = member;
  }

  /**
   * The point of this member.
   *
   * @param valueUnit null for none
   * @throws PayloadException when the Kafka topic is not legal
   */
  Point<?> point(TagRegistry.Entry device, String prefix, ValueType type, String valueUnit)
      throws PayloadException {
    if (device != lastDevice
        || type != lastType
        || !prefix.equals(lastPrefix)
        || !Objects.equals(valueUnit, lastUnit)) {
      lastPoint = device.point(prefix, name, type, valueUnit);
      lastDevice = device;
      lastPrefix = prefix;
      lastType = type;
      lastUnit = valueUnit;
    }
    return lastPoint;
  }
}
