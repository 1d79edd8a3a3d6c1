// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.testing.PlantServer;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values of types that only the server knows. */
class PlantTypesTest {
  private static PlantServer plant;
  private static TypesSession session;

  @BeforeAll
  static void connect() throws Exception {
    plant = PlantServer.start();
    session = new TypesSession(plant.url());
  }

  @AfterAll
  static void disconnect() {
    session.close();
    plant.close();
  }

  @Test
  void readsANestedStructureWithArraysOfStructures() throws Exception {
    StructValue recipe = (StructValue) value("Press1.Recipe", "Recipe");
    assertThat(recipe.typeName()).isEqualTo("Recipe");
    assertThat(recipe.fields().keySet())
        .containsExactly("id", "name", "active", "limits", "steps", "first");
    assertThat(recipe.fields().get("id")).isEqualTo(new LongValue(7));
    assertThat(recipe.fields().get("active")).isEqualTo(BooleanValue.TRUE);
    assertThat(recipe.fields().get("limits"))
        .isEqualTo(
            new ArrayValue(
                ValueType.INT32, List.of(new LongValue(1), new LongValue(-2), new LongValue(3))));
    StructValue step = (StructValue) recipe.fields().get("first");
    assertThat(((ArrayValue) recipe.fields().get("steps")).elements()).hasSize(2).contains(step);
    assertThat(step.fields())
        .isEqualTo(
            Map.of(
                "name",
                new TextValue("heat"),
                "duration",
                new DoubleValue(1.5),
                "setpoints",
                new ArrayValue(
                    ValueType.FLOAT32, List.of(new DoubleValue(20.5), new DoubleValue(80))),
                "state",
                new TextValue("Running_1")));
  }

  @Test
  void readsAStructureWhoseTypeNobodyLoaded() throws Exception {
    try (DataTypes types = new DataTypes(session, ValueFixtures.settings())) {
      NodeValueDecoder reader =
          new ValueDecoder(types)
              .forNode(
                  new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.JSON)),
                  NodeIds.Structure);
      Measurement first = reader.read(raw("Press1.Recipe"), 1, null);
      assertThat(first.quality()).isEqualTo(Quality.GOOD);
      assertThat(((StructValue) first.value()).fields()).hasSize(6);
    }
  }

  @Test
  void readsAnArrayOfStructures() throws Exception {
    ArrayValue recipes = (ArrayValue) value("Structures.Recipes", "Recipe");
    assertThat(recipes.elements())
        .extracting(recipe -> ((StructValue) recipe).fields().get("name"))
        .containsExactly(new TextValue("A"), new TextValue("B"));
  }

  @Test
  void leavesOutOptionalFieldsAndKeepsTheirPlace() throws Exception {
    StructValue note = (StructValue) value("Structures.Note", "Note");
    assertThat(note.fields())
        .containsExactly(
            Map.entry("id", new LongValue(1)),
            Map.entry("text", new TextValue("only the text")),
            Map.entry("weight", NullValue.NULL));
  }

  @Test
  void readsTheChosenFieldOfAUnion() throws Exception {
    StructValue reading = (StructValue) value("Structures.Reading", "Reading");
    assertThat(reading.fields())
        .containsExactly(
            Map.entry("number", new DoubleValue(2.5)), Map.entry("text", NullValue.NULL));
  }

  @Test
  void readsTheBitsOfAnOptionSet() throws Exception {
    StructValue signals = (StructValue) value("Structures.Signals", "Signals");
    assertThat(signals.fields())
        .containsExactly(
            Map.entry("Door", BooleanValue.TRUE),
            Map.entry("Light", BooleanValue.FALSE),
            Map.entry("Oil", BooleanValue.TRUE));
  }

  @Test
  void labelsEnumerations() throws Exception {
    assertThat(value("Press1.State", "PressState")).isEqualTo(new EnumValue(1, "Running"));
    assertThat(((ArrayValue) value("Structures.States", "PressState")).elements())
        .containsExactly(
            new TextValue("Stopped_0"), new TextValue("Fault_2"), new TextValue("Running_1"));
  }

  @Test
  void readsStructuresOfTheStandard() throws Exception {
    StructValue argument = (StructValue) value("Scalars.ExtensionObject", NodeIds.Argument);
    assertThat(argument.typeName()).isEqualTo("Argument");
    assertThat(argument.fields().get("Name")).isEqualTo(new TextValue("in"));
    assertThat(argument.fields().get("DataType")).isEqualTo(new TextValue("i=6"));
    assertThat(argument.fields().get("ArrayDimensions")).isEqualTo(NullValue.NULL);
    StructValue status =
        (StructValue) value(NodeIds.Server_ServerStatus, NodeIds.ServerStatusDataType);
    assertThat(status.fields().get("State")).isEqualTo(new TextValue("Running_0"));
  }

  @Test
  void tellsTheTypeOfTags() throws Exception {
    try (DataTypes types = new DataTypes(session, ValueFixtures.settings())) {
      types.load(
          List.of(
              NodeIds.Duration,
              NodeIds.UtcTime,
              NodeIds.Double,
              NodeIds.ServerState,
              NodeIds.Range,
              type("PressState"),
              type("Recipe"),
              new NodeId(1, "nothing")));
      assertThat(types.valueType(NodeIds.Duration, -1)).isEqualTo(ValueType.FLOAT64);
      assertThat(types.valueType(NodeIds.UtcTime, -1)).isEqualTo(ValueType.DATETIME);
      assertThat(types.valueType(NodeIds.Float, -1)).isEqualTo(ValueType.FLOAT32);
      assertThat(types.valueType(NodeIds.Byte, -1)).isEqualTo(ValueType.UINT8);
      assertThat(types.valueType(NodeIds.Byte, 1)).isEqualTo(ValueType.JSON);
      assertThat(types.valueType(NodeIds.Number, -1)).isEqualTo(ValueType.FLOAT64);
      assertThat(types.valueType(NodeIds.UInteger, -1)).isEqualTo(ValueType.UINT64);
      assertThat(types.valueType(NodeIds.BaseDataType, -1)).isEqualTo(ValueType.UNKNOWN);
      assertThat(types.valueType(NodeIds.ServerState, -1)).isEqualTo(ValueType.INT32);
      assertThat(types.valueType(NodeIds.Range, -1)).isEqualTo(ValueType.JSON);
      assertThat(types.valueType(type("PressState"), -1)).isEqualTo(ValueType.INT32);
      assertThat(types.valueType(type("Recipe"), -1)).isEqualTo(ValueType.JSON);
      assertThat(types.valueType(new NodeId(1, "nothing"), -1)).isEqualTo(ValueType.UNKNOWN);
    }
    try (DataTypes types =
        new DataTypes(session, ValueFixtures.settings(EnumMode.LABEL, MatrixMode.NESTED))) {
      types.load(List.of(type("PressState")));
      assertThat(types.valueType(type("PressState"), -1)).isEqualTo(ValueType.STRING);
    }
  }

  private static Value value(String node, String type) throws Exception {
    return value(plant.id(node), type(type));
  }

  private static Value value(String node, NodeId type) throws Exception {
    return value(plant.id(node), type);
  }

  private static Value value(NodeId node, NodeId type) throws Exception {
    try (DataTypes types = new DataTypes(session, ValueFixtures.settings())) {
      types.load(List.of(type));
      Measurement measurement =
          new ValueDecoder(types)
              .forNode(new Point<>(ValueFixtures.DEVICE, ValueFixtures.tag(ValueType.JSON)), type)
              .read(raw(node), 1, null);
      assertThat(measurement.status()).isNull();
      assertThat(measurement.quality()).isEqualTo(Quality.GOOD);
      return measurement.value();
    }
  }

  private static DataValue raw(String node) throws Exception {
    return raw(plant.id(node));
  }

  private static DataValue raw(NodeId node) throws Exception {
    return session.services().readValues(0, TimestampsToReturn.Both, List.of(node)).get(0);
  }

  private static NodeId type(String name) {
    return plant.id("Types." + name);
  }
}
