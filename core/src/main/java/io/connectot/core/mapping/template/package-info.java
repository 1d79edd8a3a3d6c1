// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Templates of topics and names, and the variables that they use. */
package io.connectot.core.mapping.template;
