// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.opcua.OpcUaSetup;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.util.Map;

/** Variables of an OPC UA server, whose history stores values while no client is connected. */
final class OpcUaSubject extends DeviceSubject {
  private final PlantServer server;
  private final TcpProxy network;
  private final Map<String, String> config;

  OpcUaSubject(String servers, String name, Scale scale) {
    super("OPC UA", servers, name, scale.counters(), scale.counterPeriod());
    // One additional variable for the tag that is added under load.
    this.server = PlantServer.start(PlantOptions.DEFAULT.withCounters(scale.counters() + 1));
    this.network = new TcpProxy(server.port());
    this.config = OpcUaSetup.connector(name, "opc.tcp://localhost:" + network.port() + "/plant");
    for (int sender = 0; sender < senders(); sender++) {
      config.put("tags.C" + sender, PlantServer.address(Counters.id(sender)));
    }
  }

  @Override
  Map<String, String> config() {
    return config;
  }

  @Override
  void reconfigure() {
    config.put("tags.spare", PlantServer.address(Counters.id(senders())));
    config.put("opcua.sampling.interval.ms", "40");
  }

  @Override
  boolean keepsEverything() {
    return true;
  }

  @Override
  void turn(int sender, int number) {
    server.counters().advance(sender);
  }

  @Override
  void arrived(int sender, int number, JsonNode value) {
    ledger().received(sender, number);
  }

  @Override
  public void kill() {
    server.stop();
  }

  @Override
  public void start() {
    server.begin();
  }

  @Override
  TcpProxy network() {
    return network;
  }

  @Override
  public void close() {
    super.close();
    network.close();
    server.close();
  }
}
