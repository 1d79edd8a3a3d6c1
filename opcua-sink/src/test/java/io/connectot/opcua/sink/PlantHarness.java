// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** The plant, for the contract of those who write to it. */
final class PlantHarness implements WritingDeviceHarness {
  private static final Map<String, String> NODES =
      Map.of("speed", "Scalars.Int32", "count", "Scalars.UInt32", "level", "Scalars.Int64");

  private final PlantServer plant = PlantServer.start();
  private final Path pki;
  private final Map<String, List<Long>> written = new ConcurrentHashMap<>();
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private volatile boolean setting;
  private volatile boolean cutting;
  private boolean running = true;

  PlantHarness(Path pki) {
    this.pki = pki;
    observe();
  }

  private void observe() {
    NODES.forEach(
        (tag, node) ->
            variable(node)
                .addAttributeObserver(
                    (changed, attribute, value) -> {
                      if (attribute == AttributeId.Value && !setting && isOfNewRequest(tag)) {
                        carriedOut(tag);
                      }
                    }));
  }

  private UaVariableNode variable(String node) {
    return (UaVariableNode)
        plant.server().getAddressSpaceManager().getManagedNode(plant.id(node)).orElseThrow();
  }

  /** The library of the server reports a write twice, but there is one request for each. */
  private boolean isOfNewRequest(String tag) {
    int number = plant.faults().requests(Service.ATTRIBUTE_WRITE);
    Integer before = requests.put(tag, number);
    return before == null || before != number;
  }

  private void carriedOut(String tag) {
    written
        .computeIfAbsent(tag, unused -> new CopyOnWriteArrayList<>())
        .add(((Number) plant.value(NODES.get(tag)).value().value()).longValue());
    if (cutting) {
      cutting = false;
      Thread cut = new Thread(plant::dropConnections);
      cut.start();
      try {
        cut.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("devices.press", plant.url());
    NODES.forEach((tag, node) -> props.put("tags." + tag, PlantServer.address(node)));
    props.put("opcua.pki.dir", pki.toString());
    props.put("opcua.application.uri", "urn:connect-ot:test:sink");
    props.put("opcua.trust.auto.accept", "true");
    props.put("opcua.request.timeout.ms", "500");
    props.put("opcua.keepalive.ms", "60000");
    return props;
  }

  @Override
  public void start() {
    plant.faults().clear();
    if (!running) {
      plant.begin();
      observe();
      running = true;
    }
  }

  @Override
  public void stop() {
    if (running) {
      plant.stop();
      running = false;
    }
  }

  @Override
  public void hang() {
    plant.faults().silence(Service.ATTRIBUTE_WRITE);
  }

  @Override
  public void cutNextWrite() {
    cutting = true;
  }

  @Override
  public void refuse(String tag) {
    plant.faults().fail(Service.ATTRIBUTE_WRITE, 1, StatusCodes.Bad_UserAccessDenied);
  }

  @Override
  public void set(String tag, int value) {
    setting = true;
    try {
      Object raw =
          switch (tag) {
            case "count" -> UInteger.valueOf(value);
            case "level" -> (long) value;
            default -> value;
          };
      plant.set(NODES.get(tag), raw);
    } finally {
      setting = false;
    }
  }

  @Override
  public long value(String tag) {
    return ((Number) plant.value(NODES.get(tag)).value().value()).longValue();
  }

  @Override
  public List<Long> written(String tag) {
    return new ArrayList<>(written.getOrDefault(tag, List.of()));
  }

  @Override
  public void dispose() {
    plant.close();
  }
}
