// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import java.math.BigDecimal;
import java.util.Iterator;

/**
 * SenML in JSON (RFC 8428). A record becomes the document {@code {"device": base name, "tag": name,
 * "name": both, "value": …, "unit": …, "time": seconds}}.
 */
public final class SenmlReader implements DocumentReader {

  /** Smaller times are relative to now (RFC 8428 §4.5.3). */
  private static final BigDecimal RELATIVE = BigDecimal.valueOf(1L << 28);

  /** A sum is over time (RFC 8428 §4.2). */
  private static final String TIMES_SECONDS = "*s";

  private static final int VERSION = 10;
  private static final int MOST_DIGITS = 40;

  private final JsonDocumentReader json;

  /**
   * @param strict as in {@link JsonDocumentReader}
   */
  public SenmlReader(boolean strict) {
    this.json = new JsonDocumentReader(strict, false);
  }

  @Override
  public void read(byte[] payload, long receivedNanos, Documents documents)
      throws PayloadException {
    JsonNode pack = json.read(payload);
    if (pack.has("n") || (pack.has("bn") && !pack.has("e"))) {
      // One record that is not in an array.
      new Base(receivedNanos).take(pack, documents);
      return;
    }
    if (!pack.isArray()) {
      throw new PayloadException("the payload is not SenML, which is an array of records");
    }
    Base base = new Base(receivedNanos);
    for (JsonNode record : pack) {
      base.take(record, documents);
    }
  }

  /** The base fields so far. */
  private static final class Base {
    private final long receivedNanos;
    private String name = "";
    private String unit;
    private JsonNode time;
    private JsonNode value;
    private JsonNode sum;

    Base(long receivedNanos) {
      this.receivedNanos = receivedNanos;
    }

    void take(JsonNode record, Documents documents) throws PayloadException {
      String unknown = problem(record);
      if (unknown != null) {
        documents.unreadable("a SenML record " + unknown + ": " + Excerpt.shorten(record + ""));
        return;
      }
      name = record.path("bn").asText(name);
      unit = record.path("bu").asText(unit);
      time = record.hasNonNull("bt") ? record.get("bt") : time;
      value = record.hasNonNull("bv") ? record.get("bv") : value;
      sum = record.hasNonNull("bs") ? record.get("bs") : sum;
      try {
        JsonNode own = value(record);
        if (own != null) {
          documents.take(document(record, "", own));
        }
        if (record.has("s")) {
          documents.take(document(record, ".sum", plus(sum, record.get("s"))));
        }
      } catch (NumberFormatException e) {
        documents.unreadable(
            "a SenML record has a base that is not a number, "
                + e.getMessage()
                + ": "
                + Excerpt.shorten(record + ""));
      }
    }

    private static String problem(JsonNode record) {
      if (!record.isObject()) {
        return "is not an object";
      }
      if (record.path("bver").asInt(VERSION) > VERSION) {
        return "has a version above " + VERSION;
      }
      for (Iterator<String> names = record.fieldNames(); names.hasNext(); ) {
        String field = names.next();
        if (field.endsWith("_")) {
          // RFC 8428 §4.4: fields that must be understood.
          return "has the field '" + field + "', which this connector does not know";
        }
      }
      return null;
    }

    private JsonNode value(JsonNode record) {
      for (String kind : new String[] {"vs", "vb", "vd"}) {
        if (record.has(kind)) {
          return record.get(kind);
        }
      }
      return record.has("v") || value != null ? plus(value, record.get("v")) : null;
    }

    /** The sum of two numbers, of which either may be absent. Throws for a base without one. */
    private static JsonNode plus(JsonNode base, JsonNode own) {
      BigDecimal left = base == null ? null : decimal(base);
      if (base != null && left == null) {
        throw new NumberFormatException(Excerpt.shorten(base.toString()));
      }
      if (base == null || own == null) {
        return own == null ? base : own;
      }
      BigDecimal right = decimal(own);
      return right == null ? own : CellText.value(left.add(right).toPlainString());
    }

    private static BigDecimal decimal(JsonNode node) {
      JsonNode own = node.isTextual() ? CellText.value(node.textValue().trim()) : node;
      if (!own.isNumber() || !Double.isFinite(own.doubleValue())) {
        return null;
      }
      BigDecimal number = own.decimalValue();
      return number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS
          ? null
          : number;
    }

    private ObjectNode document(JsonNode record, String suffix, JsonNode what) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      String own = record.path("n").asText("");
      document.set("value", what);
      document.put("name", name + own + suffix);
      document.put("tag", (own.isEmpty() ? "value" : own) + suffix);
      String device = name.replaceAll("[-:./_]+$", "");
      if (!device.isEmpty()) {
        document.put("device", device);
      }
      String ownUnit = record.path("u").asText(unit);
      if (ownUnit != null) {
        document.put("unit", suffix.isEmpty() ? ownUnit : ownUnit + TIMES_SECONDS);
      }
      if (record.hasNonNull("t") || time != null) {
        document.set("time", time(record.path("t")));
      }
      return document;
    }

    /** Seconds since 1970, or the text of a time that is not a number. */
    private JsonNode time(JsonNode own) {
      boolean none = own.isMissingNode() || own.isNull();
      BigDecimal offset = none ? BigDecimal.ZERO : decimal(own);
      BigDecimal base = time == null ? BigDecimal.ZERO : decimal(time);
      if (offset == null || base == null) {
        return offset == null ? own : time;
      }
      BigDecimal seconds = base.add(offset);
      BigDecimal absolute =
          seconds.compareTo(RELATIVE) < 0
              ? seconds.add(BigDecimal.valueOf(receivedNanos, 9))
              : seconds;
      return CellText.value(absolute.toPlainString());
    }
  }
}
