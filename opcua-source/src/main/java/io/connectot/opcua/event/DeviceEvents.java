// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.model.Device;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.event.EventReader.Selected;
import io.connectot.opcua.resume.EventPosition;
import io.connectot.opcua.settings.OpcUaEventConfig;
import io.connectot.opcua.value.ValueDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one device over all its sessions. Only one session of a server should monitor
 * events: that of part 0 if tasks share an endpoint. For one thread at a time.
 */
public final class DeviceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceEvents.class);

  private final Device<?> device;
  private final Configuration config;
  private final OffsetReader offsets;
  private final ActiveConditions conditions = new ActiveConditions();

  /** By notifier; empty before the first session. */
  private final Map<NodeAddress, EventProgress> progress = new LinkedHashMap<>();

  /**
   * @param device the device whose server sends the events
   * @param offsets what Kafka has of them
   */
  public DeviceEvents(Device<?> device, Configuration config, OffsetReader offsets) {
    this.device = device;
    this.config = config;
    this.offsets = offsets;
  }

  /**
   * What is to be monitored in a session. Reads the server's types of events; creates nothing yet.
   *
   * @param values of the session, for fields of any type
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  public EventItems begin(UaSession session, ValueDecoder values, NodeFinder nodes)
      throws ProtocolException, InterruptedException {
    conditions.connectionLost();
    if (config.get(OpcUaEventConfig.TOPIC).isEmpty()) {
      return EventItems.none(session);
    }
    List<NodeAddress> typeAddresses = config.get(OpcUaEventConfig.TYPES);
    List<NodeAddress> sourceAddresses = config.get(OpcUaEventConfig.SOURCES);
    int severityMin = config.get(OpcUaEventConfig.SEVERITY_MIN);
    List<String> absent = new ArrayList<>();
    Map<NodeAddress, NodeId> notifiers = find(OpcUaEventConfig.NOTIFIERS, nodes, absent);
    Set<NodeId> wanted = new LinkedHashSet<>(find(OpcUaEventConfig.TYPES, nodes, absent).values());
    Set<NodeId> sources =
        new LinkedHashSet<>(find(OpcUaEventConfig.SOURCES, nodes, absent).values());
    // An empty list would mean all.
    boolean none =
        notifiers.isEmpty()
            || (wanted.isEmpty() && !typeAddresses.isEmpty())
            || (sources.isEmpty() && !sourceAddresses.isEmpty());
    Optional<String> trouble = trouble(none, absent);
    trouble.ifPresent(LOG::warn);
    if (none) {
      return EventItems.none(session).with(trouble);
    }
    EventTypes types = EventTypes.read(session);
    EventFields fields = EventFields.of(further(session, types, wanted));
    ContentFilter where =
        WhereClause.of(wanted, sources, severityMin, session.services().getStaticEncodingContext());
    readProgress();
    Map<EventItem, EventProgress> items = new LinkedHashMap<>();
    for (Map.Entry<NodeAddress, NodeId> notifier : notifiers.entrySet()) {
      items.put(
          new EventItem(
              notifier.getKey().toString(),
              notifier.getValue(),
              fields,
              typeAddresses + " " + sourceAddresses + " " + severityMin,
              where,
              config.get(OpcUaEventConfig.QUEUE)),
          progress.get(notifier.getKey()));
    }
    Selected selected = new Selected(Set.copyOf(wanted), Set.copyOf(sources), severityMin);
    return new EventItems(
            session,
            items,
            chosen -> new EventReader(device, chosen, selected, types, values, conditions),
            config.get(OpcUaEventConfig.REFRESH),
            true)
        .with(trouble);
  }

  private Optional<String> trouble(boolean none, List<String> absent) {
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Device '"
                + device.name()
                + (none ? "' sends no events" : "' does not send all events")
                + ": the server has no node "
                + String.join(" or ", absent)
                + "; correct the key, or grant the user access to the nodes. Checked again on the"
                + " next session, so restart the connector when the server has them");
  }

  private void readProgress() {
    if (progress.isEmpty()) {
      Map<NodeAddress, Map<String, String>> partitions = new LinkedHashMap<>();
      config
          .get(OpcUaEventConfig.NOTIFIERS)
          .forEach(
              notifier ->
                  partitions.put(
                      notifier, EventPosition.partition(device.name(), notifier.toString())));
      var stored = offsets.read(partitions.values());
      partitions.forEach(
          (notifier, partition) ->
              progress.put(notifier, new EventProgress(partition, stored.get(partition))));
    }
    progress.values().forEach(EventProgress::begin);
  }

  private Map<NodeAddress, NodeId> find(
      Key<List<NodeAddress>> key, NodeFinder nodes, List<String> absent)
      throws ProtocolException, InterruptedException {
    Map<NodeAddress, NodeId> found = new LinkedHashMap<>();
    List<String> lacking = new ArrayList<>();
    for (NodeAddress address : config.get(key)) {
      nodes
          .find(address)
          .ifPresentOrElse(node -> found.put(address, node), () -> lacking.add(address.toString()));
    }
    if (!lacking.isEmpty()) {
      absent.add(String.join(", ", lacking) + " of " + key);
    }
    return found;
  }

  private List<EventField> further(UaSession session, EventTypes types, Set<NodeId> wanted)
      throws ProtocolException, InterruptedException {
    List<String> paths = config.get(OpcUaEventConfig.FIELDS);
    if (paths.isEmpty()) {
      return types.fields(session, wanted);
    }
    List<EventField> fields = new ArrayList<>();
    for (String path : paths) {
      fields.add(EventField.of(NodeIds.BaseEventType, path(session, path)));
    }
    return fields;
  }

  /** {@code nsu=urn:plant;Batch/Id}: a namespace holds for its own name only. */
  private static QualifiedName[] path(UaSession session, String path) {
    List<QualifiedName> names = new ArrayList<>();
    int from = 0;
    while (from <= path.length()) {
      int name = path.startsWith("nsu=", from) ? path.indexOf(';', from) + 1 : from;
      int end = path.indexOf('/', Math.max(name, from));
      end = end < 0 ? path.length() : end;
      int namespace = 0;
      if (name > from) {
        var index = session.namespaces().getIndex(path.substring(from + 4, name - 1));
        namespace = index == null ? 0 : index.intValue();
      }
      names.add(new QualifiedName(namespace, path.substring(name, end)));
      from = end + 1;
    }
    return names.toArray(new QualifiedName[0]);
  }
}
