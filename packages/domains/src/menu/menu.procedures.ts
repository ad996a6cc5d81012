import { EXPORT_UNITS } from '@comanda/quotas/role-policies';
import { fileErrors } from '../files/files.errors.ts';
import { allow, anyoneAt } from '../trpc.ts';
import {
  createItem,
  removeItem,
  restoreItem,
  setAvailability,
  setPhoto,
  setStock,
  updateItem,
} from './menu.actions.ts';
import { createCategory, removeCategory, updateCategory } from './menu.categories.actions.ts';
import { importMenu } from './menu.import.actions.ts';
import { menuErrors } from './menu.errors.ts';
import { exportMenu, listCategories, listMenu, showItem } from './menu.reads.ts';
import {
  CategoryList,
  CategoryView,
  CreateCategory,
  CreateItem,
  ExportMenu,
  Imported,
  ImportMenu,
  ItemPage,
  ItemView,
  ListCategories,
  ListMenu,
  MenuFile,
  NameCategory,
  NameItem,
  Removed,
  SetAvailability,
  SetPhoto,
  SetStock,
  UpdateCategory,
  UpdateItem,
} from './menu.schema.ts';

const AN_EXPORT = { units: EXPORT_UNITS };
const { CATEGORY_IN_USE, MENU_SLUG_TAKEN } = menuErrors;

const categories = {
  list: anyoneAt()
    .meta({ summary: 'Lists the categories of a menu, in their order.', shown: 'anytime' })
    .input(ListCategories)
    .output(CategoryList)
    .query(({ ctx }) => listCategories(ctx)),
  create: allow('category.write', MENU_SLUG_TAKEN)
    .meta({ summary: 'Adds a category to the menu.' })
    .input(CreateCategory)
    .output(CategoryView)
    .mutation(({ ctx, input }) => createCategory(ctx, input)),
  update: allow('category.write', MENU_SLUG_TAKEN)
    .meta({ summary: 'Changes a category.' })
    .input(UpdateCategory)
    .output(CategoryView)
    .mutation(({ ctx, input }) => updateCategory(ctx, input)),
  remove: allow('category.write', CATEGORY_IN_USE)
    .meta({ summary: 'Takes an empty category off the menu.' })
    .input(NameCategory)
    .output(Removed)
    .mutation(({ ctx, input }) => removeCategory(ctx, input)),
};

const items = {
  create: allow('menu.write', MENU_SLUG_TAKEN)
    .meta({ summary: 'Adds an item to the menu, with its options.' })
    .input(CreateItem)
    .output(ItemView)
    .mutation(({ ctx, input }) => createItem(ctx, input)),
  update: allow('menu.write', MENU_SLUG_TAKEN)
    .meta({ summary: 'Changes an item.' })
    .input(UpdateItem)
    .output(ItemView)
    .mutation(({ ctx, input }) => updateItem(ctx, input)),
  remove: allow('menu.write')
    .meta({ summary: 'Takes an item off the menu; it can be restored.' })
    .input(NameItem)
    .output(Removed)
    .mutation(({ ctx, input }) => removeItem(ctx, input)),
  restore: allow('menu.write')
    .meta({ summary: 'Puts a removed item back on the menu.' })
    .input(NameItem)
    .output(ItemView)
    .mutation(({ ctx, input }) => restoreItem(ctx, input)),
  setAvailability: allow('menu.availability')
    .meta({ summary: 'Switches an item, or one of its options, off for today, or on again.' })
    .input(SetAvailability)
    .output(ItemView)
    .mutation(({ ctx, input }) => setAvailability(ctx, input)),
  setStock: allow('inventory.manage')
    .meta({ summary: 'Says how many of an item there are, or that nobody counts.' })
    .input(SetStock)
    .output(ItemView)
    .mutation(({ ctx, input }) => setStock(ctx, input)),
  setPhoto: allow('menu.write', fileErrors.PICTURE_IN_USE)
    .meta({ summary: 'Hangs up the photo of an item, or takes it down.' })
    .input(SetPhoto)
    .output(ItemView)
    .mutation(({ ctx, input }) => setPhoto(ctx, input)),
};

export const menuProcedures = {
  list: anyoneAt()
    .meta({
      summary: 'Lists a menu: filtered, searched and sorted, page by page.',
      shown: 'byHours',
    })
    .input(ListMenu)
    .output(ItemPage)
    .query(({ ctx, input }) => listMenu(ctx, input)),
  show: anyoneAt()
    .meta({ summary: 'Shows one item of a menu.', shown: 'byHours' })
    .input(NameItem)
    .output(ItemView)
    .query(({ ctx, input }) => showItem(ctx, input.itemId)),
  categories,
  items,
  export: allow('export')
    .meta({
      summary: 'Tells the whole menu, for a file or another restaurant.',
      price: AN_EXPORT,
      slow: true,
    })
    .input(ExportMenu)
    .output(MenuFile)
    .query(({ ctx }) => exportMenu(ctx)),
  import: allow('import')
    .meta({
      summary: 'Adds or changes up to 200 items by their slugs, all or nothing.',
      slow: true,
    })
    .input(ImportMenu)
    .output(Imported)
    .mutation(({ ctx, input }) => importMenu(ctx, input)),
};
