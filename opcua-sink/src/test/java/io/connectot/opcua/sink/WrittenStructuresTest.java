// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import static io.connectot.opcua.sink.JsonValues.object;
import static io.connectot.opcua.sink.JsonValues.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Structures of the server's own types are written from objects as JSON has them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenStructuresTest {
  private static final Map<String, Object> STEP =
      object("name", "heat", "duration", 2.5, "setpoints", List.of(1, 90.6), "state", 2);

  private final PlantServer plant = PlantServer.start();
  private SessionRig rig;
  private Device<OpcUaDevice> device;

  @BeforeAll
  void configure(@TempDir Path pki) throws Exception {
    rig = new SessionRig(plant.url(), pki);
    device = rig.device();
    plant.add("Limits", NodeIds.Range, encoded(new Range(0.0, 1.0)));
  }

  private ExtensionObject encoded(Range range) {
    return ExtensionObject.encode(plant.server().getStaticEncodingContext(), range);
  }

  @AfterAll
  void stop() {
    plant.close();
  }

  private static Map<String, Object> with(Map<String, Object> base, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(base);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, Object> without(Map<String, Object> base, String name) {
    Map<String, Object> changed = new LinkedHashMap<>(base);
    changed.remove(name);
    return changed;
  }

  private static Map<String, Object> recipe() {
    return object(
        "id",
        4_000_000_000L,
        "name",
        "Größe 3",
        "active",
        false,
        "limits",
        List.of(-7, 8),
        "steps",
        List.of(STEP, with(STEP, "state", "Running")),
        "first",
        with(STEP, "setpoints", List.of()));
  }

  private Tag<OpcUaTag> tag(String node, Map<String, String> options) throws Exception {
    return rig.tag(PlantServer.address(node), options);
  }

  /** Writes a value, and checks that reading returns it. */
  private void writes(Tag<OpcUaTag> tag, Value value) throws Exception {
    try (WritingSession<OpcUaDevice, OpcUaTag> session = rig.open(tag)) {
      assertThat(session.target(device, tag)).isEqualTo(WriteTarget.of(ValueType.JSON));
      assertThat(session.write(device, List.of(new TagWrite<>(tag, value))))
          .containsExactly(WriteOutcome.Done.ACCEPTED);
      assertThat(session.read(device, List.of(tag)))
          .containsExactly(ReadBack.of(session.asRead(device, tag, value)));
    }
  }

  @Test
  void theServerHasTheStructureThatWasWritten() throws Exception {
    writes(tag("Press1.Recipe", Map.of()), value(recipe()));
    DynamicStructType recipe =
        (DynamicStructType)
            ((ExtensionObject) plant.value("Press1.Recipe").value().value())
                .decode(plant.server().getDynamicEncodingContext());
    assertThat(recipe.getMembers().get("id")).hasToString("4000000000");
    assertThat(recipe.getMembers().get("name")).isEqualTo("Größe 3");
    assertThat(recipe.getMembers().get("active")).isEqualTo(false);
    assertThat((Integer[]) recipe.getMembers().get("limits")).containsExactly(-7, 8);
    Object[] steps = (Object[]) recipe.getMembers().get("steps");
    assertThat(steps).hasSize(2);
    Map<String, Object> step = ((DynamicStructType) steps[1]).getMembers();
    assertThat(step.get("name")).isEqualTo("heat");
    assertThat(step.get("duration")).isEqualTo(2.5);
    assertThat((Float[]) step.get("setpoints")).containsExactly(1f, 90.6f);
    assertThat(step.get("state")).asString().contains("1");
    Map<String, Object> first = ((DynamicStructType) recipe.getMembers().get("first")).getMembers();
    assertThat((Float[]) first.get("setpoints")).isEmpty();
  }

  static List<Arguments> others() {
    return List.of(
        Arguments.of("Structures.Note", object("id", 5)),
        Arguments.of("Structures.Note", object("id", 5, "text", null, "weight", 0.5)),
        Arguments.of("Structures.Note", object("id", 5, "text", "both", "weight", 0.5)),
        Arguments.of("Structures.Reading", object("number", null, "text", "hot")),
        Arguments.of("Structures.Reading", object("number", 3)),
        Arguments.of("Structures.Reading", object()),
        Arguments.of("Structures.Signals", object("Door", true, "Light", false, "Oil", null)),
        Arguments.of("Limits", object("Low", -5, "High", 99.5)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void writesOptionalFieldsUnionsOptionSetsAndStandardTypes(String node, Map<String, Object> object)
      throws Exception {
    writes(tag(node, Map.of()), value(object));
  }

  @Test
  void writesTheTypeThatAnAbstractNodeHas() throws Exception {
    plant.add("Anything", NodeIds.Structure, encoded(new Range(0.0, 1.0)));
    writes(tag("Anything", Map.of()), value(object("Low", 1, "High", 2)));
    plant.add("Whatever", NodeIds.Structure, null);
    Tag<OpcUaTag> tag = tag("Whatever", Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = rig.open(tag)) {
      assertThat(session.target(device, tag).refusal()).contains("abstract structure");
    }
  }

  @Test
  void writesArraysOfStructuresAndTheirElements() throws Exception {
    Map<String, Object> second = with(recipe(), "name", "second");
    writes(tag("Structures.Recipes", Map.of()), value(List.of(recipe(), second)));
    writes(tag("Structures.Recipes", Map.of("index.range", "1")), value(recipe()));
    writes(tag("Structures.Recipes", Map.of("index.range", "0:1")), value(List.of(second, second)));
  }

  static List<Arguments> wrong() {
    return List.of(
        Arguments.of(3, "an object with the fields of Recipe is wanted"),
        Arguments.of(List.of(recipe()), "not an array"),
        Arguments.of(without(recipe(), "name"), "field 'name' of Recipe is missing"),
        Arguments.of(with(recipe(), "nmae", 1), "no field 'nmae', did you mean name?"),
        Arguments.of(with(recipe(), "id", -1), "field 'id': -1 does not fit type UInt32"),
        Arguments.of(with(recipe(), "id", "7"), "field 'id': the text '7' is not of type UInt32"),
        Arguments.of(with(recipe(), "active", 1), "field 'active': 1 is not of type Boolean"),
        Arguments.of(with(recipe(), "active", null), "field 'active': null is not of type"),
        Arguments.of(with(recipe(), "limits", 3), "field 'limits': an array is wanted"),
        Arguments.of(
            with(recipe(), "steps", List.of(STEP, with(STEP, "duration", "long"))),
            "field 'steps[1].duration': the text 'long' is not of type Double"),
        Arguments.of(
            with(recipe(), "first", with(STEP, "setpoints", List.of(1e300))),
            "field 'first.setpoints[0]': "),
        Arguments.of(
            with(recipe(), "first", with(STEP, "state", "Melting")),
            "field 'first.state': 'Melting' is none of Stopped, Running, Fault"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void sendsNothingOfAStructureThatIsNotOfTheType(Object written, String reason) throws Exception {
    Object before = plant.value("Press1.Recipe").value().value();
    Tag<OpcUaTag> tag = tag("Press1.Recipe", Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = rig.open(tag)) {
      assertThat(session.write(device, List.of(new TagWrite<>(tag, value(written)))))
          .singleElement()
          .isInstanceOfSatisfying(
              WriteOutcome.Rejected.class,
              rejected -> assertThat(rejected.reason()).contains(reason));
    }
    assertThat(plant.value("Press1.Recipe").value().value()).isSameAs(before);
  }

  @Test
  void rejectsTwoFieldsOfAUnion() throws Exception {
    Tag<OpcUaTag> tag = tag("Structures.Reading", Map.of());
    List<WriteOutcome> outcomes = new ArrayList<>();
    try (WritingSession<OpcUaDevice, OpcUaTag> session = rig.open(tag)) {
      outcomes.addAll(
          session.write(
              device, List.of(new TagWrite<>(tag, value(object("number", 1, "text", "a"))))));
    }
    assertThat(outcomes)
        .hasToString("[Rejected[reason=union Reading takes one field, the value has several]]");
  }
}
