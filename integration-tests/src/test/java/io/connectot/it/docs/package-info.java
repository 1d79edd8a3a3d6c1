// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Tests that follow the documentation. */
package io.connectot.it.docs;
