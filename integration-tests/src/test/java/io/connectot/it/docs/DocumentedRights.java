// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.docs;

import io.connectot.core.docs.DocPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Reads the commands {@code kafka-acls.sh} of a page. */
final class DocumentedRights {
  private static final String COMMAND = "kafka-acls.sh";

  private DocumentedRights() {}

  /** What the commands of a page add. */
  static List<AclBinding> of(String page) {
    List<AclBinding> rights = new ArrayList<>();
    for (DocPage.Block block : DocPage.of(page).blocks("bash")) {
      block
          .text()
          .replace("\\\n", " ")
          .lines()
          .filter(line -> line.startsWith(COMMAND))
          .forEach(line -> rights.addAll(added(line)));
    }
    return rights;
  }

  private static List<AclBinding> added(String line) {
    Deque<String> words = new ArrayDeque<>(List.of(line.trim().split(" +", -1)));
    words.remove();
    List<AclOperation> operations = new ArrayList<>();
    String principal = null;
    ResourceType type = null;
    String name = null;
    PatternType pattern = PatternType.LITERAL;
    while (!words.isEmpty()) {
      String option = words.remove();
      switch (option) {
        case "--add" -> {
          // Nothing else is done to rights here.
        }
        case "--allow-principal" -> principal = words.remove();
        case "--operation" -> operations.add(SecurityUtils.operation(words.remove()));
        case "--resource-pattern-type" ->
            pattern = PatternType.fromString(words.remove().toUpperCase(Locale.ROOT));
        case "--topic", "--group", "--transactional-id" -> {
          type = ResourceType.fromString(option.substring(2).replace('-', '_'));
          name = words.remove();
        }
        default -> throw new IllegalArgumentException("unknown option " + option + " in " + line);
      }
    }
    ResourcePattern resource = new ResourcePattern(type, name, pattern);
    String user = principal;
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }
}
