// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.EventFilterBuilder;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlantServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private PlantServer plant;
  private OpcUaClient client;

  @BeforeEach
  void start() throws Exception {
    plant = PlantServer.start();
    client = connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.disconnect();
    plant.close();
  }

  @Test
  void comesBackWithAnotherOrderOfNamespacesAndTheCountsItHad() throws Exception {
    plant.counters().advance(3);
    assertThat(read(Counters.id(3)).value().value()).isEqualTo(1L);
    int before = plant.namespaceIndex();
    client.disconnect();

    plant.restart(PlantOptions.DEFAULT.withNamespacesBefore("urn:a", "urn:b"));
    client = connect();

    assertThat(plant.namespaceIndex()).isEqualTo(before + 2);
    assertThat(read(Counters.id(3)).value().value()).isEqualTo(1L);
  }

  @Test
  void reportsEveryChangeInOrderWithRisingTimes() throws Exception {
    Queue<DataValue> values = new ConcurrentLinkedQueue<>();
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(plant.id(Counters.id(0)));
    item.setQueueSize(uint(1_000));
    item.setDataValueListener((monitored, value) -> values.add(value));
    subscribe(item);

    for (int i = 0; i < 500; i++) {
      plant.counters().advance(0);
    }

    await().atMost(LIMIT).until(() -> values.size() == 501);
    assertThat(values)
        .extracting(value -> value.value().value())
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 500).boxed().toList());
    assertThat(values.stream().skip(1).map(value -> value.sourceTime().getUtcTime()).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void handsOutStructuresThatDescribeThemselves() throws Exception {
    ExtensionObject object = (ExtensionObject) read("Press1.Recipe").value().value();

    DynamicStructType recipe =
        (DynamicStructType) object.decode(client.getDynamicEncodingContext());

    assertThat(recipe.getMembers()).containsEntry("name", "Lid").containsKey("steps");
    DynamicStructType[] steps =
        Arrays.stream((Object[]) recipe.getMembers().get("steps"))
            .map(DynamicStructType.class::cast)
            .toArray(DynamicStructType[]::new);
    assertThat(steps[0].getMembers()).containsEntry("name", "heat").containsEntry("duration", 1.5);
  }

  @Test
  void readsHistoryPageByPage() throws Exception {
    plant.historian().pageLimit(40);
    for (int i = 0; i < 100; i++) {
      plant.counters().advance(0);
    }

    List<Object> values = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    ByteString point = ByteString.NULL_VALUE;
    do {
      HistoryReadResult page = history(point);
      ExtensionObject data = page.getHistoryData();
      DataValue[] some =
          ((HistoryData) data.decode(client.getStaticEncodingContext())).getDataValues();
      pages.add(some.length);
      Arrays.stream(some).forEach(value -> values.add(value.value().value()));
      point = page.getContinuationPoint();
    } while (point != null && point.isNotNull());

    assertThat(pages).containsExactly(40, 40, 20);
    assertThat(values).containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    plant.historian().enabled(false);
    assertThat(history(ByteString.NULL_VALUE).getStatusCode().getValue())
        .isEqualTo(StatusCodes.Bad_HistoryOperationUnsupported);
  }

  @Test
  void raisesAlarmsAndSendsThemAgainWhenAsked() throws Exception {
    Queue<List<Object>> events = new ConcurrentLinkedQueue<>();
    OpcUaMonitoredItem item =
        OpcUaMonitoredItem.newEventItem(
            NodeIds.Server,
            new EventFilterBuilder()
                .select(NodeIds.BaseEventType, new QualifiedName(0, "EventType"))
                .select(NodeIds.BaseEventType, new QualifiedName(0, "Message"))
                .select(NodeIds.ConditionType, new QualifiedName(0, "Retain"))
                .select(
                    NodeIds.AlarmConditionType,
                    new QualifiedName(0, "ActiveState"),
                    new QualifiedName(0, "Id"))
                .select(
                    new SimpleAttributeOperand(
                        NodeIds.ConditionType,
                        new QualifiedName[0],
                        AttributeId.NodeId.uid(),
                        null))
                .build());
    item.setQueueSize(uint(100));
    item.setEventValueListener(
        (monitored, fields) -> events.add(Arrays.stream(fields).map(Variant::value).toList()));
    OpcUaSubscription subscription = subscribe(item);

    plant.alarms().raise("Hot", "Press1.Temperature", 800, "too hot");
    plant.alarms().clear("Hot");
    client.call(
        List.of(
            new CallMethodRequest(
                NodeIds.ConditionType,
                NodeIds.ConditionType_ConditionRefresh,
                new Variant[] {new Variant(subscription.getSubscriptionId().orElseThrow())})));

    await().atMost(LIMIT).until(() -> events.size() == 5);
    NodeId condition = plant.id("Alarms.Hot");
    assertThat(events)
        .extracting(fields -> fields.get(0))
        .containsExactly(
            NodeIds.AlarmConditionType,
            NodeIds.AlarmConditionType,
            NodeIds.RefreshStartEventType,
            NodeIds.AlarmConditionType,
            NodeIds.RefreshEndEventType);
    List<List<Object>> all = List.copyOf(events);
    assertThat(all.get(0).subList(2, 5)).containsExactly(true, true, condition);
    assertThat(all.get(3).subList(2, 5)).containsExactly(true, false, condition);
  }

  @Test
  void refusesWhatItIsToldToRefuse() throws Exception {
    plant.faults().fail(Service.ATTRIBUTE_READ, 1, StatusCodes.Bad_OutOfMemory);

    assertThatThrownBy(() -> read("Press1.State"))
        .isInstanceOf(UaException.class)
        .hasMessageContaining("Bad_OutOfMemory");
    assertThat(read("Press1.State").value().value()).isEqualTo(1);
    plant.status("Press1.State", StatusCodes.Bad_SensorFailure);
    assertThat(read("Press1.State").statusCode().getValue())
        .isEqualTo(StatusCodes.Bad_SensorFailure);
    plant.remove("Press1.State");
    assertThat(read("Press1.State").statusCode().getValue())
        .isEqualTo(StatusCodes.Bad_NodeIdUnknown);
  }

  private OpcUaSubscription subscribe(OpcUaMonitoredItem item) throws Exception {
    OpcUaSubscription subscription = new OpcUaSubscription(client, 50.0);
    subscription.create();
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
    return subscription;
  }

  private HistoryReadResult history(ByteString point) throws UaException {
    return client.historyRead(
            new ReadRawModifiedDetails(false, DateTime.MIN_VALUE, DateTime.now(), uint(0), false),
            TimestampsToReturn.Both,
            false,
            List.of(
                new HistoryReadValueId(
                    plant.id(Counters.id(0)), null, QualifiedName.NULL_VALUE, point)))
        .getResults()[0];
  }

  private DataValue read(String node) throws UaException {
    return client.readValues(0, TimestampsToReturn.Both, List.of(plant.id(node))).get(0);
  }

  private OpcUaClient connect() throws UaException {
    OpcUaClient made = OpcUaClient.create(plant.url());
    made.connect();
    return made;
  }
}
