// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler.InvocationContext;
import org.eclipse.milo.opcua.sdk.server.model.objects.AlarmConditionTypeNode;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.model.objects.ConditionType.ConditionRefreshMethod;
import org.eclipse.milo.opcua.sdk.server.model.objects.GeneralModelChangeEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.ModelChangeStructureDataType;

/**
 * Alarms and other events. Milo has no server for alarms, so there are no condition nodes: events
 * carry the fields of AlarmConditionType (OPC UA Part 9 §5.8.2), ConditionId among them, and
 * ConditionRefresh (§5.5.7) sends those that are retained. Alarms are remembered over restarts.
 * Thread-safe.
 */
public final class Alarms {
  /**
   * An alarm's state.
   *
   * @param name the condition's name, and its node's string identifier after {@code Alarms.}
   * @param source the string identifier of the node it is about
   */
  public record Alarm(
      String name,
      String source,
      int severity,
      String message,
      boolean active,
      boolean acknowledged,
      DateTime time,
      ByteString eventId) {
    /** Whether it is of interest still: active, or not acknowledged. */
    public boolean retain() {
      return active || !acknowledged;
    }
  }

  private final Map<String, Alarm> alarms = new LinkedHashMap<>(); // guarded by this
  private OpcUaServer server; // guarded by this; null while the server is down
  private PlantNodes nodes; // guarded by this

  Alarms() {}

  synchronized void attach(OpcUaServer started, PlantNodes plant) {
    server = started;
    nodes = plant;
    UaMethodNode method =
        (UaMethodNode)
            started
                .getAddressSpaceManager()
                .getManagedNode(NodeIds.ConditionType_ConditionRefresh)
                .orElseThrow();
    method.setInvocationHandler(
        new ConditionRefreshMethod(method) {
          @Override
          protected void invoke(InvocationContext context, UInteger subscription)
              throws UaException {
            refresh(subscription);
          }
        });
  }

  synchronized void detach() {
    server = null;
  }

  /** Makes an alarm active and not acknowledged, and says so. */
  public synchronized Alarm raise(String name, String source, int severity, String message) {
    return update(
        new Alarm(name, source, severity, message, true, false, DateTime.now(), eventId()));
  }

  /** Acknowledges an alarm, and says so. */
  public synchronized Alarm acknowledge(String name) {
    Alarm old = alarms.get(name);
    return update(
        new Alarm(
            name,
            old.source,
            old.severity,
            old.message,
            old.active,
            true,
            DateTime.now(),
            eventId()));
  }

  /** Makes an alarm inactive, and says so. */
  public synchronized Alarm clear(String name) {
    Alarm old = alarms.get(name);
    return update(
        new Alarm(
            name,
            old.source,
            old.severity,
            old.message,
            false,
            old.acknowledged,
            DateTime.now(),
            eventId()));
  }

  /** An event of BaseEventType that nobody remembers. */
  public synchronized ByteString event(String source, int severity, String message) {
    ByteString id = eventId();
    fire(
        NodeIds.BaseEventType,
        UUID.randomUUID().toString(),
        event -> {
          event.setEventId(id);
          event.setSourceNode(nodes.id(source));
          event.setSourceName(source);
          event.setMessage(LocalizedText.english(message));
          event.setSeverity(ushort(severity));
        });
    return id;
  }

  /** Says that conditions have to be read again (OPC UA Part 9 §5.11.4). */
  public synchronized void refreshRequired() {
    fire(NodeIds.RefreshRequiredEventType, UUID.randomUUID().toString(), event -> {});
  }

  /** Says that nodes came or went (OPC UA Part 3 §9.32.4, §9.32.7). */
  synchronized void modelChanged(List<NodeId> affected, boolean added) {
    fire(
        NodeIds.GeneralModelChangeEventType,
        UUID.randomUUID().toString(),
        event ->
            ((GeneralModelChangeEventTypeNode) event)
                .setChanges(
                    affected.stream()
                        .map(
                            node ->
                                new ModelChangeStructureDataType(
                                    node, NodeId.NULL_VALUE, ubyte(added ? 1 : 2)))
                        .toArray(ModelChangeStructureDataType[]::new)));
  }

  private Alarm update(Alarm alarm) {
    alarms.put(alarm.name, alarm);
    if (server != null) {
      fire(NodeIds.AlarmConditionType, "Alarms." + alarm.name, event -> fill(event, alarm));
    }
    return alarm;
  }

  private void fire(NodeId type, String id, Consumer<BaseEventTypeNode> filler) {
    BaseEventTypeNode event = make(type, id, filler);
    server.getEventNotifier().fire(event);
    event.delete();
  }

  private BaseEventTypeNode make(NodeId type, String id, Consumer<BaseEventTypeNode> filler) {
    try {
      BaseEventTypeNode event = server.getEventFactory().createEvent(nodes.id(id), type);
      event.setBrowseName(nodes.name(id));
      event.setDisplayName(LocalizedText.english(id));
      event.setEventId(eventId());
      event.setEventType(type);
      event.setSourceNode(NodeIds.Server);
      event.setSourceName("Server");
      event.setTime(DateTime.now());
      event.setReceiveTime(DateTime.now());
      event.setMessage(LocalizedText.english(id));
      event.setSeverity(ushort(1));
      filler.accept(event);
      return event;
    } catch (UaException e) {
      throw new IllegalStateException("no event of " + type, e);
    }
  }

  private void fill(BaseEventTypeNode event, Alarm alarm) {
    AlarmConditionTypeNode condition = (AlarmConditionTypeNode) event;
    condition.setEventId(alarm.eventId);
    condition.setSourceNode(nodes.id(alarm.source));
    condition.setSourceName(alarm.source);
    condition.setTime(alarm.time);
    condition.setMessage(LocalizedText.english(alarm.message));
    condition.setSeverity(ushort(alarm.severity));
    condition.setConditionName(alarm.name);
    condition.setConditionClassId(NodeIds.ProcessConditionClassType);
    condition.setConditionClassName(LocalizedText.english("ProcessConditionClass"));
    condition.setBranchId(NodeId.NULL_VALUE);
    condition.setRetain(alarm.retain());
    condition.setQuality(StatusCode.GOOD);
    condition.setComment(LocalizedText.NULL_VALUE);
    condition.setEnabledState(LocalizedText.english("Enabled"));
    condition.getEnabledStateNode().setId(true);
    condition.setActiveState(LocalizedText.english(alarm.active ? "Active" : "Inactive"));
    condition.getActiveStateNode().setId(alarm.active);
    condition.setAckedState(
        LocalizedText.english(alarm.acknowledged ? "Acknowledged" : "Unacknowledged"));
    condition.getAckedStateNode().setId(alarm.acknowledged);
    condition.setConfirmedState(LocalizedText.english("Confirmed"));
    condition.getConfirmedStateNode().setId(true);
    condition.setSuppressedState(LocalizedText.english("Unsuppressed"));
    condition.getSuppressedStateNode().setId(false);
  }

  /** To the event items of the one subscription that asked. */
  private synchronized void refresh(UInteger id) throws UaException {
    Subscription subscription = server == null ? null : server.getSubscriptions().get(id);
    if (subscription == null) {
      throw new UaException(StatusCodes.Bad_SubscriptionIdInvalid);
    }
    List<BaseEventTypeNode> events = new ArrayList<>();
    events.add(make(NodeIds.RefreshStartEventType, UUID.randomUUID().toString(), event -> {}));
    for (Alarm alarm : alarms.values()) {
      if (alarm.retain()) {
        events.add(
            make(NodeIds.AlarmConditionType, "Alarms." + alarm.name, event -> fill(event, alarm)));
      }
    }
    events.add(make(NodeIds.RefreshEndEventType, UUID.randomUUID().toString(), event -> {}));
    for (BaseEventTypeNode event : events) {
      subscription.getMonitoredItems().values().stream()
          .filter(EventItem.class::isInstance)
          .map(EventItem.class::cast)
          .forEach(item -> item.onEvent(event));
      event.delete();
    }
  }

  private static ByteString eventId() {
    UUID id = UUID.randomUUID();
    return ByteString.of(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }
}
