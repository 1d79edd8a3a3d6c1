// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The members found in the documents of one line. Forgotten when there are more than {@link
 * #MAX_MEMBERS}, and found again on demand. For one thread.
 */
final class MemberTree {
  /** Some ten megabytes. */
  static final int MAX_MEMBERS = 20_000;

  private static final String VALUE = "value";

  /** Precedes locations in the document. */
  private static final String OF_DOCUMENT = "#";

  private final MemberRules rules;
  private final Map<String, Member> roots = new HashMap<>();
  private int size;

  MemberTree(MemberRules rules) {
    this.rules = rules;
  }

  /** Bounds the memory; to be called between messages. */
  void trim() {
    if (size >= MAX_MEMBERS) {
      roots.clear();
      size = 0;
    }
  }

  /** An object whose members are measurements: its own name is not part of theirs. */
  Member container(JsonPointer pointer) {
    return root(
        "{}" + pointer,
        "",
        pointer.matches()
            ? List.of("", OF_DOCUMENT)
            : List.of("", pointer.toString(), OF_DOCUMENT + pointer));
  }

  /** A single value, named by the last part of its pointer. */
  Member single(JsonPointer pointer) {
    String last = pointer.matches() ? VALUE : pointer.last().getMatchingProperty();
    return root("." + pointer, last, List.of(pointer.toString(), OF_DOCUMENT + pointer));
  }

  /** A measurement that a topic or a field of the payload names. */
  Member named(String name) {
    return root("=" + name, name, List.of());
  }

  private Member root(String key, String name, List<String> locations) {
    Member known = roots.get(key);
    if (known == null) {
      known = rules.member(null, name, locations);
      if (size < MAX_MEMBERS) {
        roots.put(key, known);
        size++;
      }
    }
    return known;
  }

  /** A member of an object. */
  Member member(Member parent, String key) {
    Member known = parent.known(key);
    if (known == null) {
      known = rules.member(parent, join(parent.name(), key), locations(parent, key));
      if (size < MAX_MEMBERS) {
        parent.remember(key, known);
        size++;
      }
    }
    return known;
  }

  /** An element of an array. */
  Member element(Member parent, int index) {
    Member known = parent.known(index);
    if (known == null) {
      String key = String.valueOf(index);
      known = rules.member(parent, join(parent.name(), key), locations(parent, key));
      if (size < MAX_MEMBERS && index < MAX_MEMBERS) {
        parent.remember(index, known);
        size++;
      }
    }
    return known;
  }

  private String join(String parent, String key) {
    return parent.isEmpty() ? key : parent + rules.separator() + key;
  }

  /** An object in an array that is a sample: it has the name of the array. */
  Member sample(Member array) {
    Member known = array.knownSample();
    if (known == null) {
      known = rules.member(array, array.name(), List.of(""));
      if (size < MAX_MEMBERS) {
        array.rememberSample(known);
        size++;
      }
    }
    return known;
  }

  private static List<String> locations(Member parent, String key) {
    String step = "/" + key.replace("~", "~0").replace("/", "~1");
    return parent.locations().stream().map(location -> location + step).toList();
  }
}
