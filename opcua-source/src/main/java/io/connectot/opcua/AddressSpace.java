// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Node;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.OpcUaValueConfig;
import io.connectot.opcua.config.PublishedNodes;
import io.connectot.opcua.select.LevelBrowser;
import io.connectot.opcua.select.LevelBrowser.Child;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.select.NodeSelector;
import io.connectot.opcua.select.RequestBatches;
import io.connectot.opcua.select.Selection;
import io.connectot.opcua.select.Selection.Missing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** The nodes of a server, one level at a time, with the values of variables. For one thread. */
final class AddressSpace {
  /** More than anybody reads on a page. */
  private static final int MAX_CHILDREN = 2000;

  /** Between the path and the address in the id of a node; no name has it. */
  private static final String BAR = "|";

  private final Configuration config;
  private final OpcUaDevice settings;
  private final Device<OpcUaDevice> device;

  AddressSpace(Configuration config, OpcUaDevice settings) {
    this.config = config;
    this.settings = settings;
    this.device = new Device<>("device", settings.endpoint(), settings, Map.of());
  }

  /**
   * Adds what is below a node.
   *
   * @param parent the id of a node that was added before; empty for the folder Objects
   */
  void show(String parent, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException {
    int bar = parent.indexOf(BAR);
    String path = bar < 0 ? "" : parent.substring(0, bar);
    try (UaSession session = new DeviceSessions(config, settings).open()) {
      run.closeOnCancel(session);
      List<Child> children =
          new LevelBrowser(session).below(parent.substring(bar + 1), MAX_CHILDREN);
      Map<String, Finding> variables = variables(session, path, children);
      for (Child child : children) {
        String address = child.address().toString();
        if (child.isParent()
            && !run.add(new Node(path(path, child) + BAR + address, child.name()))) {
          return;
        }
        if (child.isVariable()
            && variables.containsKey(address)
            && !run.add(variables.get(address))) {
          return;
        }
      }
    }
  }

  private static String path(String parent, Child child) {
    String name = child.name().replace(BAR, "_");
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /** The variables with their values, by their addresses. */
  private Map<String, Finding> variables(UaSession session, String path, List<Child> children)
      throws ProtocolException, InterruptedException {
    List<Tag<OpcUaTag>> tags =
        children.stream().filter(Child::isVariable).map(child -> tag(path, child)).toList();
    Selection selection =
        new NodeSelector(config, PublishedNodes.NONE, Map.of(device, tags), System::nanoTime)
            .select(session, device);
    Map<String, Finding> variables = new LinkedHashMap<>();
    for (Missing missing : selection.missing()) {
      Tag<OpcUaTag> tag = missing.tag();
      variables.put(
          address(tag), candidate(tag, Measurement.bad(missing.point(), 0, missing.status())));
    }
    try (SessionValues decoders =
        new SessionValues(
            session, OpcUaValueConfig.settings(config), Optional.empty(), Optional.empty())) {
      decoders.prepare(selection.nodes());
      List<DataValue> values = read(session, selection.nodes());
      long now = Clock.SYSTEM.epochNanos();
      for (int i = 0; i < values.size(); i++) {
        MonitoredNode node = selection.nodes().get(i);
        variables.put(
            address(node.tag()),
            candidate(node.tag(), decoders.of(node).read(values.get(i), now, null)));
      }
    }
    return variables;
  }

  private static List<DataValue> read(UaSession session, List<MonitoredNode> nodes)
      throws ProtocolException, InterruptedException {
    List<ReadValueId> requests = new ArrayList<>();
    for (MonitoredNode node : nodes) {
      requests.add(
          new ReadValueId(node.nodeId(), AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE));
    }
    return new RequestBatches(session, session.limits().read())
        .ask(
            requests,
            some -> session.services().readAsync(0, TimestampsToReturn.Both, some),
            ReadResponse::getResults);
  }

  private static Tag<OpcUaTag> tag(String path, Child child) {
    return new Tag<>(
        path(path, child),
        new OpcUaTag(child.address(), Optional.empty(), ItemSettings.DEFAULT),
        ValueType.UNKNOWN,
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  private static String address(Tag<OpcUaTag> tag) {
    return tag.address().node().toString();
  }

  private static Candidate candidate(Tag<OpcUaTag> tag, Measurement measurement) {
    return Candidate.tag(
        tag.name(),
        tag.unit().orElse(""),
        new TagReading(
            tag.type().configName(),
            address(tag),
            "",
            Map.of(),
            TagReading.text(measurement.value()),
            measurement.quality(),
            measurement.status()));
  }
}
