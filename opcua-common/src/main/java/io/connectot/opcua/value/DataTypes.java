// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.connection.Threads;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.value.type.ModelBuilder;
import io.connectot.opcua.value.type.ServerTypes;
import io.connectot.opcua.value.type.StandardTypes;
import io.connectot.opcua.value.type.StandardTypes.Standard;
import io.connectot.opcua.value.type.TypeModel;
import io.connectot.opcua.value.type.TypeModel.BitField;
import io.connectot.opcua.value.type.TypeModel.Builtin;
import io.connectot.opcua.value.type.TypeModel.Enumeration;
import io.connectot.opcua.value.type.TypeModel.Unknown;
import io.connectot.opcua.value.type.TypeSource;
import io.connectot.opcua.value.type.TypeSource.Description;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data types of one session's server, read on first use and kept until {@link #forget}.
 * Thread-safe.
 *
 * <p>The library has a tree of all data types of a server, which takes long to read, whole, from a
 * large server, and does not come back when the session drops meanwhile. This reads what the values
 * at hand need, and no wait is longer than a service call or the configured timeout.
 */
public final class DataTypes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataTypes.class);

  /** More than any server has; a bound on what one that makes up types can cost. */
  private static final int MAX_TYPES = 20_000;

  /** The pause before a type that could not be read is read again. */
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final TypeSource source;
  private final ValueSettings settings;
  private final NamespaceTable namespaces;
  private final EncodingContext encoding;
  private final Map<NodeId, TypeModel> models = new ConcurrentHashMap<>();
  private final Map<NodeId, NodeId> typesOfEncodings = new ConcurrentHashMap<>();

  /** Encodings that no type was found for, and when, by the system's ticker. */
  private final Map<NodeId, Long> unknownEncodings = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor loader;

  /** The data types of the server that a session is with. Reads nothing yet. */
  public DataTypes(UaSession session, ValueSettings settings) {
    this(
        new ServerTypes(session),
        settings,
        session.namespaces(),
        session.services().getStaticEncodingContext());
  }

  DataTypes(
      TypeSource source,
      ValueSettings settings,
      NamespaceTable namespaces,
      EncodingContext encoding) {
    this.source = source;
    this.settings = settings;
    this.namespaces = namespaces;
    this.encoding = encoding;
    this.loader =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(100),
            Threads.factory("connect-ot-opcua-types-"));
    this.loader.allowCoreThreadTimeOut(true);
  }

  /**
   * Reads the definitions of data types, and of what they are made of and derived from. To be
   * called with the data types of all nodes before their values come, so that no value waits.
   *
   * @throws ProtocolException when the server does not answer; a type that it does not know is no
   *     error
   * @throws InterruptedException when the task stops
   */
  public void load(Collection<NodeId> dataTypes) throws ProtocolException, InterruptedException {
    Map<NodeId, Description> descriptions = new HashMap<>();
    Set<NodeId> asked = new LinkedHashSet<>();
    List<NodeId> next = dataTypes.stream().distinct().filter(this::isMissing).toList();
    while (!next.isEmpty() && asked.size() + models.size() < MAX_TYPES) {
      asked.addAll(next);
      Map<NodeId, Description> answer = describe(next);
      descriptions.putAll(answer);
      Set<NodeId> more = new LinkedHashSet<>();
      for (Description description : answer.values()) {
        description.supertype().ifPresent(more::add);
        if (description.definition() instanceof StructureDefinition definition) {
          ModelBuilder.structure("", false, definition)
              .fields()
              .forEach(field -> more.add(field.dataType()));
        }
      }
      next = more.stream().filter(type -> !asked.contains(type) && isMissing(type)).toList();
    }
    ModelBuilder builder = new ModelBuilder(descriptions);
    for (NodeId type : asked) {
      TypeModel model = builder.build(type);
      models.put(type, model);
      if (model instanceof Unknown unknown && dataTypes.contains(type)) {
        LOG.warn(
            "Values of type {} cannot be decoded and are UNCERTAIN: {}; grant "
                + "the user the right to read the type's definition, or raise "
                + "opcua.types.timeout.ms",
            type.toParseableString(),
            unknown.reason());
      }
      Description description = descriptions.get(type);
      if (description != null
          && description.definition() instanceof StructureDefinition definition
          && definition.getDefaultEncodingId().isNotNull()) {
        typesOfEncodings.put(definition.getDefaultEncodingId(), type);
      }
    }
  }

  private boolean isMissing(NodeId type) {
    return type.isNotNull() && !models.containsKey(type) && StandardTypes.model(type).isEmpty();
  }

  private Map<NodeId, Description> describe(List<NodeId> types)
      throws ProtocolException, InterruptedException {
    Map<NodeId, Description> known = new HashMap<>();
    List<NodeId> others = new ArrayList<>();
    for (NodeId type : types) {
      Optional<Standard> standard = StandardTypes.structure(type);
      if (standard.isPresent()) {
        known.put(type, standard.get().description());
      } else {
        others.add(type);
      }
    }
    if (!others.isEmpty()) {
      known.putAll(source.describe(others));
    }
    return known;
  }

  /**
   * The type of a tag whose node has this data type and value rank. To be called after {@link
   * #load} with the data type; BaseDataType holds anything.
   */
  public ValueType valueType(NodeId dataType, int valueRank) {
    if (valueRank >= 0) {
      return ValueType.JSON;
    }
    int id =
        dataType.getNamespaceIndex().intValue() == 0
                && dataType.getIdentifier() instanceof Number number
            ? number.intValue()
            : 0;
    return switch (id) {
      case 24 -> ValueType.UNKNOWN;
      case 26 -> ValueType.FLOAT64;
      case 27 -> ValueType.INT64;
      case 28 -> ValueType.UINT64;
      default -> valueType(model(dataType));
    };
  }

  private ValueType valueType(TypeModel model) {
    if (model instanceof Enumeration) {
      return settings.enums() == EnumMode.LABEL ? ValueType.STRING : ValueType.INT32;
    }
    if (model instanceof BitField field) {
      return settings.enums() == EnumMode.LABEL
          ? ValueType.STRING
          : BuiltinTypes.valueType(field.type());
    }
    if (model instanceof Unknown) {
      return ValueType.UNKNOWN;
    }
    return model instanceof Builtin builtin
        ? BuiltinTypes.valueType(builtin.type())
        : ValueType.JSON;
  }

  /**
   * Forgets what was read, because the server says that a type has changed. {@link
   * NodeValueDecoder}s keep the labels they have; make new ones after {@link #load}.
   */
  public void forget() {
    models.clear();
    typesOfEncodings.clear();
    unknownEncodings.clear();
  }

  /** Stops reading definitions; what waits for one is undecodable. */
  @Override
  public void close() {
    loader.shutdownNow();
  }

  /** What is known of a data type, without waiting. */
  TypeModel model(NodeId dataType) {
    TypeModel known = models.get(dataType);
    if (known != null) {
      return known;
    }
    return StandardTypes.model(dataType)
        .orElseGet(() -> new Unknown("data type " + text(dataType) + " has not been read"));
  }

  /**
   * The model of the structure that an encoding id or data type id stands for. Waits for the server
   * once, for the first value of a type that {@link #load} has not seen.
   *
   * @throws UndecodableException when it is not known
   */
  TypeModel structure(NodeId id) {
    NodeId type = typesOfEncodings.get(id);
    TypeModel model = models.get(type == null ? id : type);
    if (model == null) {
      model = find(id);
    }
    if (model instanceof Unknown unknown) {
      throw new UndecodableException(unknown.reason());
    }
    return model;
  }

  /** The binary encoding of a data type that was loaded; empty if its definition has none. */
  public Optional<NodeId> encodingOf(NodeId dataType) {
    return typesOfEncodings.entrySet().stream()
        .filter(entry -> entry.getValue().equals(dataType))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private TypeModel find(NodeId id) {
    Unknown unknown = new Unknown("the server has no data type with encoding " + text(id));
    Long missedAt = unknownEncodings.get(id);
    if (missedAt != null && System.nanoTime() - missedAt < RETRY_NANOS) {
      return unknown;
    }
    Future<TypeModel> reading;
    try {
      reading = loader.submit(() -> read(id));
    } catch (RejectedExecutionException e) {
      return new Unknown("too many data types are being read to read " + text(id));
    }
    try {
      TypeModel found = reading.get(settings.typesTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (found == null) {
        remember(id);
        return unknown;
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.debug("Could not read data type {}", id, e);
      remember(id);
    } catch (TimeoutException e) {
      // It goes on being read; values that come later find it.
      LOG.debug("Data type {} is still being read", id);
      remember(id);
    }
    return new Unknown("the definition of data type " + text(id) + " could not be read in time");
  }

  /** So that the next value does not wait again. */
  private void remember(NodeId id) {
    if (unknownEncodings.size() < MAX_TYPES) {
      unknownEncodings.put(id, System.nanoTime());
    }
  }

  /** Null when the server knows no such encoding. */
  private TypeModel read(NodeId id) throws ProtocolException, InterruptedException {
    NodeId type = source.typesOfEncodings(List.of(id)).getOrDefault(id, id);
    load(List.of(type));
    TypeModel model = models.get(type);
    if (model == null || model instanceof Unknown) {
      return null;
    }
    typesOfEncodings.put(id, type);
    unknownEncodings.remove(id);
    return model;
  }

  ValueSettings settings() {
    return settings;
  }

  NamespaceTable namespaces() {
    return namespaces;
  }

  EncodingContext encoding() {
    return encoding;
  }

  private String text(NodeId id) {
    return NodeIdFormat.of(id, namespaces);
  }
}
