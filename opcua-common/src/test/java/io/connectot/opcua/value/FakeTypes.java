// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.value.type.StandardTypes;
import io.connectot.opcua.value.type.TypeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataTypeDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/** The data types of a server that is not there. */
final class FakeTypes implements TypeSource {
  final Map<NodeId, Description> types = new HashMap<>();
  final Map<NodeId, NodeId> encodings = new HashMap<>();
  final List<NodeId> asked = new ArrayList<>();
  boolean broken;

  static DataTypes none(ValueSettings settings) {
    return new FakeTypes().dataTypes(settings);
  }

  DataTypes dataTypes(ValueSettings settings) {
    NamespaceTable namespaces = new NamespaceTable();
    namespaces.add("urn:plant");
    return new DataTypes(this, settings, namespaces, DefaultEncodingContext.INSTANCE);
  }

  static NodeId type(String name) {
    return new NodeId(1, name);
  }

  static NodeId encoding(String name) {
    return new NodeId(1, name + ".Binary");
  }

  /** A structure that its encoding leads to. */
  void structure(String name, StructureType kind, StructureField... fields) {
    define(
        name,
        StandardTypes.STRUCTURE,
        false,
        new StructureDefinition(encoding(name), StandardTypes.STRUCTURE, kind, fields));
    encodings.put(encoding(name), type(name));
  }

  void define(String name, NodeId supertype, boolean isAbstract, DataTypeDefinition definition) {
    types.put(
        type(name),
        new Description(name, isAbstract, definition, Optional.of(supertype), Optional.empty()));
  }

  static StructureField field(String name, NodeId type, int rank, boolean optional) {
    return new StructureField(
        name, LocalizedText.NULL_VALUE, type, rank, null, UInteger.valueOf(0), optional);
  }

  static EnumDefinition enumeration(String... names) {
    EnumField[] fields = new EnumField[names.length];
    for (int i = 0; i < names.length; i++) {
      fields[i] =
          new EnumField((long) i, LocalizedText.NULL_VALUE, LocalizedText.NULL_VALUE, names[i]);
    }
    return new EnumDefinition(fields);
  }

  @Override
  public Map<NodeId, Description> describe(List<NodeId> dataTypes) throws ProtocolException {
    check();
    asked.addAll(dataTypes);
    Map<NodeId, Description> known = new HashMap<>(types);
    known.keySet().retainAll(dataTypes);
    return known;
  }

  @Override
  public Map<NodeId, NodeId> typesOfEncodings(Collection<NodeId> ids) throws ProtocolException {
    check();
    asked.addAll(ids);
    Map<NodeId, NodeId> known = new HashMap<>(encodings);
    known.keySet().retainAll(ids);
    return known;
  }

  private void check() throws ProtocolException {
    if (broken) {
      throw new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, "GONE", "gone", null);
    }
  }
}
