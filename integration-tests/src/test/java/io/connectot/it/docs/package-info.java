// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The documentation, done by somebody who believes it. */
package io.connectot.it.docs;
