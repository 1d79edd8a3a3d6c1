// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * The contender without a connector: a client like those of Milo's examples, which counts the
 * values and discards them. Milo acknowledges each message on arrival.
 */
final class BareOpcUa {
  private BareOpcUa() {}

  /**
   * Runs until its input ends; returns the number of values received on request.
   *
   * @param arguments the server's URL, number of variables, publishing interval in milliseconds,
   *     queue size
   */
  public static void main(String[] arguments) throws Exception {
    OpcUaClient client = OpcUaClient.create(arguments[0]);
    client.connect();
    LongAdder values = new LongAdder();
    OpcUaSubscription subscription =
        new OpcUaSubscription(client, Double.parseDouble(arguments[2]));
    subscription.setMaxNotificationsPerPublish(uint(0));
    subscription.setSubscriptionListener(
        new OpcUaSubscription.SubscriptionListener() {
          @Override
          public void onDataReceived(
              OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> received) {
            values.add(received.size());
          }
        });
    subscription.create();
    subscription.addMonitoredItems(items(client, arguments));
    subscription.synchronizeMonitoredItems();
    ChildJvm.answerParent("ready", () -> Long.toString(values.sum()));
    System.exit(0);
  }

  private static List<OpcUaMonitoredItem> items(OpcUaClient client, String[] arguments) {
    int namespace = client.getNamespaceTable().getIndex(PlantServer.NAMESPACE).intValue();
    List<OpcUaMonitoredItem> items = new ArrayList<>();
    for (int variable = 0; variable < Integer.parseInt(arguments[1]); variable++) {
      OpcUaMonitoredItem item =
          OpcUaMonitoredItem.newDataItem(new NodeId(namespace, Counters.id(variable)));
      item.setSamplingInterval(0);
      item.setQueueSize(uint(Long.parseLong(arguments[3])));
      items.add(item);
    }
    return items;
  }
}
