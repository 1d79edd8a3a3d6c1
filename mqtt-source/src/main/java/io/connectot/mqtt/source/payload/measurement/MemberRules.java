// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.payload.select.ByMember;
import io.connectot.mqtt.source.payload.select.Globs;
import io.connectot.mqtt.source.payload.value.TypedValueReader;
import io.connectot.mqtt.source.payload.value.ValueMaps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a line says about members by their names. Immutable.
 *
 * @param separator between the names of nested members
 * @param include members to read; all if empty
 * @param exclude members not to read, with everything in them
 * @param types declared types
 * @param units constant units
 * @param maps meanings of values
 * @param fields locations of parts that other options read, which are not measurements
 * @param keepArrays whether arrays remain arrays
 */
record MemberRules(
    String separator,
    Globs include,
    Globs exclude,
    ByMember<ValueType> types,
    ByMember<String> units,
    ValueMaps maps,
    Set<String> fields,
    boolean keepArrays) {
  MemberRules {
    fields = Set.copyOf(fields);
  }

  /**
   * Applies the rules to a member.
   *
   * @param parent null for a root
   * @param name the tag, without prefix
   * @param locations the pointers from the samples and objects of values around it, and from the
   *     document if there is no path of samples
   */
  Member member(Member parent, String name, List<String> locations) {
    boolean listed = include.match(name);
    boolean field = locations.stream().anyMatch(fields::contains) && !listed;
    boolean dropped = exclude.match(name) || field;
    boolean included = include.isEmpty() || listed || (parent != null && parent.isIncluded());
    Optional<ValueType> type = types.of(name);
    Map<String, JsonNode> meanings = maps.of(name);
    return new Member(
        name,
        locations,
        dropped,
        included && !dropped,
        new TypedValueReader(type, keepArrays),
        units.of(name).filter(unit -> !unit.startsWith("/")).orElse(null),
        meanings);
  }
}
