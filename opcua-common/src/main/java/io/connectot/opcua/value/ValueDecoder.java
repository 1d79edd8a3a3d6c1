// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Point;
import io.connectot.core.model.Value;
import io.connectot.opcua.value.type.EnumLabels;
import io.connectot.opcua.value.type.TypeModel;
import io.connectot.opcua.value.type.TypeModel.BitField;
import io.connectot.opcua.value.type.TypeModel.Enumeration;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** Reads the values of one session. Thread-safe. */
public final class ValueDecoder {
  private final DataTypes types;
  private final BuiltinValues values;

  /**
   * @param types of the session; the caller closes them
   */
  public ValueDecoder(DataTypes types) {
    this.types = types;
    this.values = new StructureDecoder(types).builtins();
  }

  /**
   * A reader for the values of one node. Its data type should have been loaded.
   *
   * @param dataType the node's DataType attribute
   */
  public NodeValueDecoder forNode(Point<?> point, NodeId dataType) {
    TypeModel model = types.model(dataType);
    EnumLabels labels = null;
    if (model instanceof Enumeration enumeration) {
      labels = enumeration.labels();
    } else if (model instanceof BitField field) {
      labels = field.bits();
    }
    return new NodeValueDecoder(point, values, types.settings(), labels);
  }

  /**
   * A reader for the values of a node whose numbers have names of their own, as those of a
   * multi-state variable.
   */
  public NodeValueDecoder forNode(Point<?> point, EnumLabels labels) {
    return new NodeValueDecoder(point, values, types.settings(), labels);
  }

  /** A value by itself, e.g. a field of an event; empty when there is none or it cannot be read. */
  public Optional<Value> value(Variant variant) {
    try {
      return Optional.ofNullable(values.of(variant.value()));
    } catch (UndecodableException e) {
      return Optional.empty();
    }
  }

  /** A node id as text that means the same in every session: {@code nsu=urn:plant;s=Temp}. */
  public String text(NodeId id) {
    return NodeIdFormat.of(id, types.namespaces());
  }
}
