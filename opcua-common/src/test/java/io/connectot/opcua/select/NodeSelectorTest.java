// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NodeSelectorTest {
  private static final String TEMPERATURE = "nsu=urn:connectot:plant;s=Press1.Temperature";

  private static PlantServer plant;
  private static SelectionSession session;

  @BeforeAll
  static void start() throws Exception {
    plant = PlantServer.start(PlantOptions.DEFAULT.withCounters(2_500));
    session = SelectionSession.open(plant);
  }

  @AfterAll
  static void stop() {
    session.close();
    plant.close();
  }

  @AfterEach
  void mend() {
    plant.faults().clear();
    plant.answers().clear();
  }

  @Test
  void findsNodesByIdAndByPath() throws Exception {
    SelectionRig rig =
        new SelectionRig()
            .tag("uri", TEMPERATURE)
            .tag("index", "ns=" + plant.namespaceIndex() + ";s=Press1.Pressure")
            .tag("standard", "i=2258")
            .tag("path", "/Objects/Press1/Recipe")
            .tag(
                "qualified",
                "/0:Objects/nsu=urn:connectot:plant;Press2/nsu=urn:connectot:plant;Running")
            .tag("elsewhere", "/Objects/Server/ServerStatus/State");

    Selection selection = rig.selector().select(session, rig.device);

    assertThat(selection.missing()).isEmpty();
    assertThat(selection.nodes())
        .extracting(node -> node.tag().name(), MonitoredNode::stableId)
        .containsExactly(
            tuple("uri", TEMPERATURE),
            tuple("index", "nsu=urn:connectot:plant;s=Press1.Pressure"),
            tuple("standard", "i=2258"),
            tuple("path", "nsu=urn:connectot:plant;s=Press1.Recipe"),
            tuple("qualified", "nsu=urn:connectot:plant;s=Press2.Running"),
            tuple("elsewhere", "i=2259"));
  }

  @Test
  void saysWhatTheServerSaysAboutNodes() throws Exception {
    SelectionRig rig =
        new SelectionRig()
            .tag("temperature", TEMPERATURE)
            .tag(
                "declared",
                PlantServer.address("Press1.Pressure"),
                Optional.of(ValueType.FLOAT64),
                Optional.of("Pa"),
                Map.of("description", "mine", "asset", "press"))
            .tag("mode", PlantServer.address("Press1.Mode"))
            .tag("door", PlantServer.address("Press1.Door"))
            .tag("state", PlantServer.address("Press1.State"))
            .tag("recipe", PlantServer.address("Press1.Recipe"))
            .tag("array", PlantServer.address("Arrays.Int32"));

    List<MonitoredNode> nodes = rig.selector().select(session, rig.device).nodes();

    Tag<OpcUaTag> temperature = nodes.get(0).tag();
    assertThat(temperature.type()).isEqualTo(ValueType.FLOAT64);
    assertThat(temperature.unit()).contains("°C");
    assertThat(temperature.attributes())
        .containsEntry("description", "The Temperature")
        .containsEntry("range.low", "0.0")
        .containsEntry("range.high", "250.0");
    assertThat(temperature.headers())
        .containsOnly(Map.entry("opcua.node", PlantServer.address("Press1.Temperature")));
    assertThat(nodes.get(0).dataType()).isEqualTo(NodeIds.Double);
    assertThat(nodes.get(0).valueRank()).isEqualTo(-1);
    assertThat(nodes.get(0).historyReadable()).isTrue();
    assertThat(nodes.get(1).tag().type()).isEqualTo(ValueType.FLOAT64);
    assertThat(nodes.get(1).tag().unit()).contains("Pa");
    assertThat(nodes.get(1).tag().attributes())
        .containsEntry("description", "mine")
        .containsEntry("asset", "press");
    assertThat(nodes.get(2).properties().labels()).containsEntry(4L, "Automatic").hasSize(2);
    assertThat(nodes.get(3).properties().labels()).containsEntry(1L, "Closed").hasSize(2);
    assertThat(nodes.get(4).tag().type()).isEqualTo(ValueType.INT32);
    assertThat(nodes.get(5).tag().type()).isEqualTo(ValueType.JSON);
    assertThat(nodes.get(6).tag().type()).isEqualTo(ValueType.JSON);
    assertThat(nodes.get(6).valueRank()).isEqualTo(1);
  }

  @Test
  void givesTheElementOfAnArrayTheTypeOfTheElement() throws Exception {
    SelectionRig rig =
        new SelectionRig()
            .part("element", PlantServer.address("Arrays.Int32"), "2")
            .part("range", PlantServer.address("Arrays.Int32"), "2:3")
            .part("otherDimensions", PlantServer.address("Arrays.Int32"), "0,1")
            .part("character", PlantServer.address("Press1.State"), "0");

    List<MonitoredNode> nodes = rig.selector().select(session, rig.device).nodes();

    assertThat(nodes)
        .extracting(node -> node.tag().type())
        .containsExactly(ValueType.INT32, ValueType.JSON, ValueType.JSON, ValueType.INT32);
  }

  @Test
  void tellsWhyNodesAreMissingAndFindsTheOthers() throws Exception {
    SelectionRig rig =
        new SelectionRig()
            .tag("there", TEMPERATURE)
            .tag("unknown", PlantServer.address("Press1.Nothing"))
            .tag("namespace", "nsu=urn:elsewhere;s=Temp")
            .tag("object", PlantServer.address("Press1"))
            .tag("open", "/Objects/Press1/Nothing/Below")
            .tag("qualified", "/Objects/nsu=urn:connectot:plant;Nothing");

    Selection selection = rig.selector().select(session, rig.device);

    assertThat(selection.nodes()).hasSize(1);
    assertThat(selection.missing())
        .extracting(
            missing -> missing.tag().name() + " " + missing.status() + " " + missing.cause())
        .satisfiesExactly(
            text -> assertThat(text).startsWith("unknown 0x80340000 Bad_NodeIdUnknown"),
            text -> assertThat(text).contains("Bad_NodeIdUnknown", "urn:elsewhere"),
            text -> assertThat(text).contains("Bad_AttributeIdInvalid", "no variable"),
            text -> assertThat(text).contains("Bad_NoMatch", "no 'Nothing' below /Objects/Press1"),
            text -> assertThat(text).contains("Bad_NoMatch"));
  }

  @Test
  void keepsTagsWhileTheServerSaysTheSame() throws Exception {
    SelectionRig rig = new SelectionRig().tag("configured", TEMPERATURE).roots("/Objects");
    NodeSelector selector = rig.selector();
    Selection first = selector.select(session, rig.device);
    selector.expire();

    Selection second = selector.select(session, rig.device);

    assertThat(second).isEqualTo(first);
    assertThat(second.nodes()).hasSizeGreaterThan(2_500);
  }

  @Test
  void namesWhatItFindsAfterTheWayToIt() throws Exception {
    SelectionRig rig =
        new SelectionRig()
            .tag("Press1.Pressure", PlantServer.address("Press2.Pressure"))
            .tag("other", PlantServer.address("Press1.State"))
            .roots("/Objects")
            .exclude("Counters", "Areas", "Scalars", "Arrays", "Structures");

    Selection selection = rig.selector().select(session, rig.device);

    assertThat(selection.nodes())
        .extracting(node -> node.tag().name())
        .contains("Press1.Temperature", "Press2.Temperature", "Press2.State", "other")
        .doesNotContain("Press1.State", "Press2.Pressure", "Press1.Temperature.EURange")
        .doesNotHaveDuplicates()
        .anySatisfy(name -> assertThat(name).matches("Press1\\.Pressure~[0-9a-f]{8}"));
    assertThat(selection.nodes()).extracting(MonitoredNode::stableId).doesNotHaveDuplicates();
  }

  @Test
  void takesOnlyWhatPatternsTypesAndLimitsAllow() throws Exception {
    assertThat(names(new SelectionRig().roots("/Objects").include("Press*/Temp*")))
        .containsExactlyInAnyOrder("Press1.Temperature", "Press2.Temperature");
    assertThat(
            names(
                new SelectionRig()
                    .roots(PlantServer.address("Press1"))
                    .types(ValueType.FLOAT32, ValueType.BOOLEAN)))
        .containsExactlyInAnyOrder("Pressure", "Running");
    assertThat(names(new SelectionRig().roots("/Objects").include("C*").maxNodes(10))).hasSize(10);
    assertThat(names(new SelectionRig().roots("/Objects").include("C000*").maxDepth(2))).isEmpty();
  }

  @Test
  void goesRoundInNoLoop() throws Exception {
    assertThat(names(new SelectionRig().roots(PlantServer.address("Areas")).include("**/Running")))
        .containsExactlyInAnyOrder("Hall1.Press1.Running", "Hall1.Press2.Running");
  }

  @Test
  void looksIntoTheStandardNamespaceOnlyWhenToldTo() throws Exception {
    assertThat(names(new SelectionRig().roots("i=84").include("**/ServerStatus/**"))).isEmpty();
    assertThat(names(new SelectionRig().roots("i=2253").include("ServerStatus/State")))
        .containsExactly("ServerStatus.State");
  }

  @Test
  void asksForLessWhenTheServerLeavesResultsOut() throws Exception {
    plant
        .answers()
        .set(
            Service.ATTRIBUTE_READ,
            (request, response) -> {
              ReadResponse read = (ReadResponse) response;
              return new ReadResponse(
                  read.getResponseHeader(),
                  Arrays.copyOf(read.getResults(), Math.min(70, read.getResults().length)),
                  read.getDiagnosticInfos());
            });
    plant
        .answers()
        .set(
            Service.VIEW_BROWSE,
            (request, response) -> {
              BrowseResponse browsed = (BrowseResponse) response;
              return new BrowseResponse(
                  browsed.getResponseHeader(),
                  Arrays.copyOf(browsed.getResults(), Math.min(7, browsed.getResults().length)),
                  browsed.getDiagnosticInfos());
            });
    SelectionRig rig = new SelectionRig().roots("/Objects").include("C00*", "Press1/*");

    Selection selection = rig.selector().select(session, rig.device);

    assertThat(selection.missing()).isEmpty();
    assertThat(selection.nodes()).hasSize(1_000 + 8);
  }

  @Test
  void asksForLessWhenTheServerTakesLess() throws Exception {
    plant.faults().enforce(Service.ATTRIBUTE_READ, 70);
    plant.faults().enforce(Service.VIEW_BROWSE, 7);
    plant.faults().enforce(Service.VIEW_TRANSLATE_BROWSE_PATHS, 1);
    SelectionRig rig = new SelectionRig().roots("/Objects").include("C00*", "Press1/*");
    rig.tag("one", "/Objects/nsu=urn:connectot:plant;Press2/nsu=urn:connectot:plant;State");
    rig.tag("two", "/Objects/nsu=urn:connectot:plant;Press2/nsu=urn:connectot:plant;Mode");

    Selection selection = rig.selector().select(session, rig.device);

    assertThat(selection.missing()).isEmpty();
    assertThat(selection.nodes())
        .extracting(node -> node.tag().name())
        .contains("one", "two", "Counters.B000.C00042", "Counters.B000.C00999")
        .hasSize(2 + 1_000 + 8);
  }

  @Test
  void browsesOnWhereAResponseEnds() throws Exception {
    OperationLimits small = new OperationLimits(100, 3, 1, 1, 1, 1);
    int before = plant.faults().requests(Service.VIEW_BROWSE_NEXT);
    try (SelectionSession other = SelectionSession.open(plant, small)) {
      SelectionRig rig = new SelectionRig().roots("/Objects").include("C01*");

      assertThat(rig.selector().select(other, rig.device).nodes()).hasSize(1_000);
    }
    assertThat(plant.faults().requests(Service.VIEW_BROWSE_NEXT)).isGreaterThanOrEqualTo(before);
  }

  @Test
  void seesNodesComeAndGo() throws Exception {
    try (PlantServer small = PlantServer.start(PlantOptions.DEFAULT.withCounters(1));
        SelectionSession own = SelectionSession.open(small)) {
      SelectionRig rig =
          new SelectionRig()
              .tag("later", PlantServer.address("Press1.Later"))
              .roots("/Objects")
              .include("Press1/*");
      NodeSelector selector = rig.selector();
      Selection first = selector.select(own, rig.device);
      small.add("Press1.Later", NodeIds.Int32, 1);
      small.add("Press1.Found", NodeIds.Int32, 1);
      small.remove("Press1.Running");

      Selection second = selector.select(own, rig.device);
      rig.nanos.addAndGet(SelectionRig.REFRESH.toNanos());
      Selection third = selector.select(own, rig.device);

      assertThat(first.missing()).hasSize(1);
      // What is missing is looked for every time, the server browsed only when it is time.
      assertThat(second.missing()).isEmpty();
      assertThat(second.nodes()).hasSize(first.nodes().size() + 1);
      assertThat(third.nodes())
          .extracting(node -> node.tag().name())
          .contains("later", "Press1.Found")
          .doesNotContain("Press1.Running", "Press1.Later");
    }
  }

  @Test
  void staysTheSameWhenTheServerNumbersItsNamespacesAnew() throws Exception {
    try (PlantServer small = PlantServer.start(PlantOptions.DEFAULT.withCounters(1))) {
      SelectionRig rig =
          new SelectionRig()
              .tag("uri", TEMPERATURE)
              .tag("path", "/Objects/Press1/State")
              .roots("/Objects")
              .include("Press2/*");
      NodeSelector selector = rig.selector();
      Selection first;
      try (SelectionSession own = SelectionSession.open(small)) {
        first = selector.select(own, rig.device);
      }
      small.restart(PlantOptions.DEFAULT.withCounters(1).withNamespacesBefore("urn:a", "urn:b"));

      try (SelectionSession own = SelectionSession.open(small)) {
        Selection second = selector.select(own, rig.device);

        assertThat(second.nodes())
            .extracting(MonitoredNode::stableId)
            .isEqualTo(first.nodes().stream().map(MonitoredNode::stableId).toList());
        assertThat(second.nodes())
            .extracting(MonitoredNode::tag)
            .isEqualTo(first.nodes().stream().map(MonitoredNode::tag).toList());
        assertThat(second.nodes())
            .allSatisfy(
                node ->
                    assertThat(node.nodeId().getNamespaceIndex().intValue())
                        .isEqualTo(small.namespaceIndex()));
      }
    }
  }

  @Test
  void missesARootThatIsNotThereYet() throws Exception {
    SelectionRig rig =
        new SelectionRig()
            .roots("/Objects/Press1", "nsu=urn:late;s=Root", PlantServer.address("Nothing"));

    NodeSelector selector = rig.selector();
    Selection selection = selector.select(session, rig.device);

    assertThat(selector.select(session, rig.device)).isEqualTo(selection);
    assertThat(selection.nodes()).isNotEmpty();
    assertThat(selection.missing())
        .satisfiesExactly(
            missing -> {
              assertThat(missing.tag().name()).isEqualTo("nsu=urn:late;s=Root");
              assertThat(missing.cause()).contains("urn:late");
            },
            missing -> {
              assertThat(missing.tag().name()).isEqualTo(PlantServer.address("Nothing"));
              assertThat(missing.status()).isEqualTo("0x80340000 Bad_NodeIdUnknown");
            });
  }

  private static List<String> names(SelectionRig rig) throws Exception {
    return rig.selector().select(session, rig.device).nodes().stream()
        .map(node -> node.tag().name())
        .toList();
  }
}
