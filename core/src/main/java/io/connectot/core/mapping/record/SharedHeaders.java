// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;

/**
 * Headers in an array that several records share until one of them is changed. {@link
 * ConnectHeaders} has a linked list for every record, which takes more memory than the rest of a
 * small record. Transformations may change headers in place.
 *
 * <p>Not thread-safe, like all headers. A shared array is never written to, so the records that
 * share it may be used by different threads.
 */
public final class SharedHeaders implements Headers {
  private static final int GROWTH = 4;

  private Header[] headers;
  private int size;

  /** Whether other headers have the same array. */
  private boolean shared;

  private SharedHeaders(Header[] headers, int size, boolean shared) {
    this.headers = headers;
    this.size = size;
    this.shared = shared;
  }

  /** Headers that begin as a copy of others. */
  public static SharedHeaders copyOf(Headers original) {
    Header[] array = array(original);
    return new SharedHeaders(array, array.length, false);
  }

  /** The headers of another record, which begin like these. Costs one object until changed. */
  public SharedHeaders share() {
    if (!shared) {
      shared = true;
    }
    return new SharedHeaders(headers, size, true);
  }

  /**
   * The headers of another record, which begin like these.
   *
   * @param more how many headers are about to be added
   */
  public SharedHeaders extend(int more) {
    return new SharedHeaders(Arrays.copyOf(headers, size + more), size, false);
  }

  private static Header[] array(Headers original) {
    Header[] array = new Header[original.size()];
    int next = 0;
    for (Header header : original) {
      array[next++] = header;
    }
    return array;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public Iterator<Header> iterator() {
    return new Each();
  }

  private final class Each implements Iterator<Header> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Header next() {
      if (next >= size) {
        throw new NoSuchElementException();
      }
      return headers[next++];
    }

    @Override
    public void remove() {
      if (next == 0) {
        throw new IllegalStateException("no header was taken yet");
      }
      Header[] fewer = new Header[size - 1];
      System.arraycopy(headers, 0, fewer, 0, next - 1);
      System.arraycopy(headers, next, fewer, next - 1, size - next);
      set(fewer);
      next--;
    }
  }

  @Override
  public Iterator<Header> allWithName(String key) {
    return toConnectHeaders().allWithName(key);
  }

  @Override
  public Header lastWithName(String key) {
    Objects.requireNonNull(key, "Header key cannot be null");
    for (int i = size - 1; i >= 0; i--) {
      if (headers[i].key().equals(key)) {
        return headers[i];
      }
    }
    return null;
  }

  @Override
  public Headers add(Header header) {
    Objects.requireNonNull(header, "Unable to add a null header.");
    if (shared || size == headers.length) {
      headers = Arrays.copyOf(headers, size + GROWTH);
      shared = false;
    }
    headers[size++] = header;
    return this;
  }

  @Override
  public Headers add(String key, SchemaAndValue schemaAndValue) {
    return add(one -> one.add(key, schemaAndValue));
  }

  @Override
  public Headers add(String key, Object value, Schema schema) {
    return add(one -> one.add(key, value, schema));
  }

  @Override
  public Headers addString(String key, String value) {
    return add(one -> one.addString(key, value));
  }

  @Override
  public Headers addBoolean(String key, boolean value) {
    return add(one -> one.addBoolean(key, value));
  }

  @Override
  public Headers addByte(String key, byte value) {
    return add(one -> one.addByte(key, value));
  }

  @Override
  public Headers addShort(String key, short value) {
    return add(one -> one.addShort(key, value));
  }

  @Override
  public Headers addInt(String key, int value) {
    return add(one -> one.addInt(key, value));
  }

  @Override
  public Headers addLong(String key, long value) {
    return add(one -> one.addLong(key, value));
  }

  @Override
  public Headers addFloat(String key, float value) {
    return add(one -> one.addFloat(key, value));
  }

  @Override
  public Headers addDouble(String key, double value) {
    return add(one -> one.addDouble(key, value));
  }

  @Override
  public Headers addBytes(String key, byte[] value) {
    return add(one -> one.addBytes(key, value));
  }

  @Override
  public Headers addList(String key, List<?> value, Schema schema) {
    return add(one -> one.addList(key, value, schema));
  }

  @Override
  public Headers addMap(String key, Map<?, ?> value, Schema schema) {
    return add(one -> one.addMap(key, value, schema));
  }

  @Override
  public Headers addStruct(String key, Struct value) {
    return add(one -> one.addStruct(key, value));
  }

  @Override
  public Headers addDecimal(String key, BigDecimal value) {
    return add(one -> one.addDecimal(key, value));
  }

  @Override
  public Headers addDate(String key, java.util.Date value) {
    return add(one -> one.addDate(key, value));
  }

  @Override
  public Headers addTime(String key, java.util.Date value) {
    return add(one -> one.addTime(key, value));
  }

  @Override
  public Headers addTimestamp(String key, java.util.Date value) {
    return add(one -> one.addTimestamp(key, value));
  }

  @Override
  public Headers remove(String key) {
    return change(all -> all.remove(key));
  }

  @Override
  public Headers retainLatest(String key) {
    return change(all -> all.retainLatest(key));
  }

  @Override
  public Headers retainLatest() {
    return change(ConnectHeaders::retainLatest);
  }

  @Override
  public Headers clear() {
    set(new Header[0]);
    return this;
  }

  @Override
  public ConnectHeaders duplicate() {
    return toConnectHeaders();
  }

  @Override
  public Headers apply(HeaderTransform transform) {
    return change(all -> all.apply(transform));
  }

  @Override
  public Headers apply(String key, HeaderTransform transform) {
    return change(all -> all.apply(key, transform));
  }

  private Headers add(Consumer<ConnectHeaders> first) {
    ConnectHeaders one = new ConnectHeaders();
    first.accept(one);
    return add(one.iterator().next());
  }

  private Headers change(Consumer<ConnectHeaders> change) {
    ConnectHeaders all = toConnectHeaders();
    change.accept(all);
    set(array(all));
    return this;
  }

  private void set(Header[] latest) {
    headers = latest;
    size = latest.length;
    shared = false;
  }

  private ConnectHeaders toConnectHeaders() {
    return new ConnectHeaders(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && toConnectHeaders().equals(that);
  }

  @Override
  public int hashCode() {
    return toConnectHeaders().hashCode();
  }

  @Override
  public String toString() {
    return toConnectHeaders().toString();
  }
}
