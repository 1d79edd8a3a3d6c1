// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.opcua.address.NodeAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which events of servers become records, and how.
 *
 * @param topic the template of their topic; empty for no events at all
 * @param tombstones whether an alarm that concerns nobody any more is deleted by a tombstone
 * @param notifiers the objects and views whose events are asked for
 * @param types the types of events, subtypes included; empty for all
 * @param sources the nodes events are about; empty for all
 * @param severityMin the least severity, from 1 to 1000
 * @param fields names of further fields, each a browse path below the event; empty for those that
 *     {@code types} declare
 * @param refresh whether the present state of alarms is asked for after subscribing
 * @param queue how many events the server keeps between publishes
 */
public record EventSettings(
    Optional<String> topic,
    boolean tombstones,
    List<NodeAddress> notifiers,
    List<NodeAddress> types,
    List<NodeAddress> sources,
    int severityMin,
    List<String> fields,
    boolean refresh,
    int queue) {
  public EventSettings {
    notifiers = List.copyOf(notifiers);
    types = List.copyOf(types);
    sources = List.copyOf(sources);
    fields = List.copyOf(fields);
  }
}
