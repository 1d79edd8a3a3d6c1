// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.select.Browser.Children;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Reads {@link NodeProperties}. For one session and one thread at a time. */
final class PropertyReader {
  private static final String UNIT = "EngineeringUnits";
  private static final String RANGE = "EURange";
  private static final String STRINGS = "EnumStrings";
  private static final String VALUES = "EnumValues";
  private static final Set<String> NAMES = Set.of(UNIT, RANGE, STRINGS, VALUES);

  private final UaSession session;
  private final Browser browser;
  private final Reader reader;

  /** Reads attributes. */
  @FunctionalInterface
  interface Reader {
    List<DataValue> read(List<ReadValueId> requests) throws ProtocolException, InterruptedException;
  }

  PropertyReader(UaSession session, Browser browser, Reader reader) {
    this.session = session;
    this.browser = browser;
    this.reader = reader;
  }

  /** The properties of every one of the nodes; those that cannot be read are left out. */
  Map<NodeId, NodeProperties> read(
      Collection<NodeId> nodes, Map<NodeId, List<ReferenceDescription>> known)
      throws ProtocolException, InterruptedException {
    List<NodeId> unknown = nodes.stream().filter(node -> !known.containsKey(node)).toList();
    Map<NodeId, Children> browsed = browser.properties(unknown);
    List<NodeId> owners = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<ReadValueId> requests = new ArrayList<>();
    for (NodeId node : nodes) {
      List<ReferenceDescription> references =
          known.containsKey(node) ? known.get(node) : browsed.get(node).references();
      for (ReferenceDescription reference : references) {
        QualifiedName name = reference.getBrowseName();
        Optional<NodeId> id = reference.getNodeId().toNodeId(session.namespaces());
        if (NAMES.contains(name.name())
            && name.namespaceIndex().intValue() == 0
            && id.isPresent()) {
          owners.add(node);
          names.add(name.name());
          requests.add(NodeDescriber.request(id.get(), AttributeId.Value));
        }
      }
    }
    List<DataValue> values = reader.read(requests);
    Map<NodeId, Map<String, Object>> found = new HashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      Object value = values.get(i).value().value();
      if (value != null && !values.get(i).statusCode().isBad()) {
        found.computeIfAbsent(owners.get(i), key -> new HashMap<>()).put(names.get(i), value);
      }
    }
    Map<NodeId, NodeProperties> properties = new HashMap<>();
    for (NodeId node : nodes) {
      Map<String, Object> own = found.get(node);
      properties.put(node, own == null ? NodeProperties.NONE : properties(own));
    }
    return properties;
  }

  private NodeProperties properties(Map<String, Object> values) {
    Optional<String> unit =
        decoded(values.get(UNIT), EUInformation.class)
            .map(information -> information.getDisplayName().text())
            .map(String::strip)
            .filter(text -> !text.isBlank());
    Map<Long, String> labels = new LinkedHashMap<>();
    if (values.get(STRINGS) instanceof LocalizedText[] strings) {
      for (int i = 0; i < strings.length; i++) {
        label(labels, i, strings[i]);
      }
    }
    if (values.get(VALUES) instanceof ExtensionObject[] objects) {
      for (ExtensionObject object : objects) {
        decoded(object, EnumValueType.class)
            .ifPresent(value -> label(labels, value.getValue(), value.getDisplayName()));
      }
    }
    return new NodeProperties(unit, decoded(values.get(RANGE), Range.class), labels);
  }

  private static void label(Map<Long, String> labels, long number, LocalizedText text) {
    if (text != null && text.text() != null) {
      labels.put(number, text.text());
    }
  }

  private <T> Optional<T> decoded(Object value, Class<T> type) {
    if (value instanceof ExtensionObject object) {
      try {
        Object decoded = object.decode(session.services().getStaticEncodingContext());
        return type.isInstance(decoded) ? Optional.of(type.cast(decoded)) : Optional.empty();
      } catch (RuntimeException e) {
        // As good as no property: values come all the same. A truncated body fails with whatever
        // the
        // decoder meets first.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
