// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;

/**
 * The server's part of the filter (OPC UA Part 4 §7.7): types, sources and severity, and what tells
 * of a refresh, which has to pass in any case.
 */
final class WhereClause {
  /** No filter. */
  static final ContentFilter NONE = new ContentFilter(new ContentFilterElement[0]);

  private static final List<NodeId> ALWAYS =
      List.of(
          NodeIds.RefreshStartEventType,
          NodeIds.RefreshEndEventType,
          NodeIds.RefreshRequiredEventType,
          NodeIds.EventQueueOverflowEventType);

  /** A condition: an operator and what it works on, literals or other conditions. */
  private record Condition(FilterOperator operator, List<Object> operands) {}

  private WhereClause() {}

  /** The filter; {@link #NONE} when everything passes. */
  static ContentFilter of(
      Collection<NodeId> types,
      Collection<NodeId> sources,
      int severityMin,
      EncodingContext encoding) {
    List<Condition> all = new ArrayList<>();
    if (!types.isEmpty()) {
      all.add(any(types, WhereClause::ofType));
    }
    if (!sources.isEmpty()) {
      all.add(
          any(sources, source -> compare(FilterOperator.Equals, EventField.SOURCE_NODE, source)));
    }
    if (severityMin > 1) {
      all.add(
          compare(
              FilterOperator.GreaterThanOrEqual, EventField.SEVERITY, UShort.valueOf(severityMin)));
    }
    if (all.isEmpty()) {
      return NONE;
    }
    Condition wanted = fold(FilterOperator.And, all);
    Condition root =
        new Condition(FilterOperator.Or, List.of(wanted, any(ALWAYS, WhereClause::ofType)));
    List<ContentFilterElement> elements = new ArrayList<>();
    add(root, elements, encoding);
    return new ContentFilter(elements.toArray(new ContentFilterElement[0]));
  }

  private static Condition ofType(NodeId type) {
    return new Condition(FilterOperator.OfType, List.of(new LiteralOperand(Variant.of(type))));
  }

  private static Condition compare(FilterOperator operator, EventField field, Object literal) {
    return new Condition(
        operator, List.of(field.operand(), new LiteralOperand(Variant.of(literal))));
  }

  private static Condition any(Collection<NodeId> nodes, Function<NodeId, Condition> condition) {
    return fold(FilterOperator.Or, nodes.stream().map(condition).toList());
  }

  private static Condition fold(FilterOperator operator, List<Condition> conditions) {
    Condition folded = conditions.get(0);
    for (Condition next : conditions.subList(1, conditions.size())) {
      folded = new Condition(operator, List.of(folded, next));
    }
    return folded;
  }

  /** A condition comes before those it works on: their places must be behind it. */
  private static void add(
      Condition condition, List<ContentFilterElement> elements, EncodingContext encoding) {
    int place = elements.size();
    elements.add(null);
    List<ExtensionObject> operands = new ArrayList<>();
    for (Object operand : condition.operands()) {
      UaStructuredType encoded;
      if (operand instanceof Condition nested) {
        encoded = new ElementOperand(UInteger.valueOf(elements.size()));
        add(nested, elements, encoding);
      } else {
        encoded = (UaStructuredType) operand;
      }
      operands.add(ExtensionObject.encode(encoding, encoded));
    }
    elements.set(
        place,
        new ContentFilterElement(condition.operator(), operands.toArray(new ExtensionObject[0])));
  }
}
