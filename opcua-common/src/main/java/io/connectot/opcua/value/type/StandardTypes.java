// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value.type;

import io.connectot.opcua.value.type.TypeModel.Builtin;
import io.connectot.opcua.value.type.TypeSource.Description;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.types.OpcUaDataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;

/**
 * The data types of namespace 0 that are known without asking, so that servers that do not tell
 * their definitions are read too (OPC UA Part 5 §12). Thread-safe.
 */
public final class StandardTypes {
  public static final NodeId ENUMERATION = new NodeId(0, 29);
  static final NodeId OPTION_SET = new NodeId(0, 12755);
  public static final NodeId STRUCTURE = new NodeId(0, 22);

  private static final NamespaceTable NAMESPACES = new NamespaceTable();
  private static final Map<NodeId, TypeModel> MODELS = new HashMap<>();

  static {
    for (OpcUaDataType type : OpcUaDataType.values()) {
      MODELS.put(type.getNodeId(), new Builtin(type));
    }
    // Values of Number, Integer and UInteger have another type's encoding.
    for (int id = 26; id <= 28; id++) {
      MODELS.put(new NodeId(0, id), new Builtin(OpcUaDataType.Variant));
    }
    MODELS.put(ENUMERATION, new Builtin(OpcUaDataType.Int32));
    builtin(OpcUaDataType.Double, 290);
    builtin(OpcUaDataType.DateTime, 294, 293);
    builtin(OpcUaDataType.String, 295, 291, 12877, 12878, 12879, 12880, 12881, 23751);
    builtin(OpcUaDataType.UInt32, 288, 289, 17588, 20998);
    builtin(OpcUaDataType.ByteString, 30, 311, 521, 16307);
  }

  private StandardTypes() {}

  private static void builtin(OpcUaDataType type, int... ids) {
    for (int id : ids) {
      MODELS.put(new NodeId(0, id), new Builtin(type));
    }
  }

  /** What is known of a data type. */
  public static Optional<TypeModel> model(NodeId dataType) {
    return Optional.ofNullable(MODELS.get(dataType));
  }

  /**
   * The definition of a structure.
   *
   * @param id of the data type or of one of its encodings
   */
  public static Optional<Standard> structure(NodeId id) {
    if (id.getNamespaceIndex().intValue() != 0) {
      return Optional.empty();
    }
    DataTypeCodec codec = OpcUaDataTypeManager.getInstance().getCodec(id);
    if (codec == null) {
      return Optional.empty();
    }
    try {
      Object definition =
          codec.getType().getMethod("definition", NamespaceTable.class).invoke(null, NAMESPACES);
      return definition instanceof StructureDefinition known
          ? Optional.of(new Standard(codec.getType().getSimpleName(), known))
          : Optional.empty();
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Optional.empty();
    }
  }

  /** A structure and its name. */
  public record Standard(String name, StructureDefinition definition) {
    public Description description() {
      return new Description(name, false, definition, Optional.of(STRUCTURE), Optional.empty());
    }
  }
}
