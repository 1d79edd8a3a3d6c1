// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value.type;

import io.connectot.opcua.value.type.TypeModel.BitField;
import io.connectot.opcua.value.type.TypeModel.Builtin;
import io.connectot.opcua.value.type.TypeModel.Enumeration;
import io.connectot.opcua.value.type.TypeModel.Field;
import io.connectot.opcua.value.type.TypeModel.Kind;
import io.connectot.opcua.value.type.TypeModel.OptionSet;
import io.connectot.opcua.value.type.TypeModel.Structure;
import io.connectot.opcua.value.type.TypeModel.Unknown;
import io.connectot.opcua.value.type.TypeSource.Description;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/** Makes models of a server's data types (OPC UA Part 3 §8.48 to §8.52). */
public final class ModelBuilder {
  private final Map<NodeId, Description> descriptions;

  /**
   * @param descriptions of the data types and of their supertypes, as far as the server has them
   */
  public ModelBuilder(Map<NodeId, Description> descriptions) {
    this.descriptions = descriptions;
  }

  /** The model of a data type. */
  public TypeModel build(NodeId dataType) {
    Description description = descriptions.get(dataType);
    if (description == null) {
      return new Unknown("the server has no data type " + dataType.toParseableString());
    }
    NodeId root = root(dataType);
    if (description.definition() instanceof StructureDefinition definition) {
      return structure(description.name(), description.isAbstract(), definition);
    }
    if (root.equals(StandardTypes.OPTION_SET)
        && description.definition() instanceof EnumDefinition definition) {
      return new OptionSet(description.name(), EnumLabels.ofBits(definition));
    }
    if (root.equals(StandardTypes.ENUMERATION)) {
      return description.definition() instanceof EnumDefinition definition
          ? new Enumeration(EnumLabels.ofNumbers(definition))
          : description
              .labels()
              .<TypeModel>map(Enumeration::new)
              .orElse(new Builtin(OpcUaDataType.Int32));
    }
    Optional<TypeModel> known = StandardTypes.model(root);
    if (known.isPresent()
        && known.get() instanceof Builtin builtin
        && description.definition() instanceof EnumDefinition definition) {
      return new BitField(builtin.type(), EnumLabels.ofBits(definition));
    }
    if (known.isPresent() && !root.equals(StandardTypes.STRUCTURE)) {
      return known.get();
    }
    if (known.isPresent() && description.isAbstract()) {
      return new Structure(description.name(), Kind.ALL, true, List.of());
    }
    return new Unknown(
        "the server does not have the definition of data type " + description.name());
  }

  /** The nearest supertype whose encoding is known; the data type itself when there is none. */
  private NodeId root(NodeId dataType) {
    Set<NodeId> seen = new HashSet<>();
    NodeId at = dataType;
    while (seen.add(at)) {
      if (at.equals(StandardTypes.OPTION_SET) || StandardTypes.model(at).isPresent()) {
        return at;
      }
      Description description = descriptions.get(at);
      if (description == null || description.supertype().isEmpty()) {
        return dataType;
      }
      at = description.supertype().get();
    }
    return dataType;
  }

  /** The model of a structure. */
  public static Structure structure(
      String name, boolean isAbstract, StructureDefinition definition) {
    StructureType type = definition.getStructureType();
    boolean subtyped =
        type == StructureType.StructureWithSubtypedValues
            || type == StructureType.UnionWithSubtypedValues;
    Kind kind =
        switch (type) {
          case Union, UnionWithSubtypedValues -> Kind.UNION;
          case StructureWithOptionalFields -> Kind.OPTIONAL_FIELDS;
          default -> Kind.ALL;
        };
    List<Field> fields = new ArrayList<>();
    StructureField[] declared = definition.getFields();
    for (StructureField field : declared == null ? new StructureField[0] : declared) {
      fields.add(
          new Field(
              field.getName() == null ? "field_" + (fields.size() + 1) : field.getName(),
              field.getDataType(),
              field.getValueRank(),
              kind == Kind.OPTIONAL_FIELDS && field.getIsOptional(),
              subtyped && field.getIsOptional()));
    }
    return new Structure(name, kind, isAbstract, fields);
  }
}
